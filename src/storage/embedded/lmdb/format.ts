/** The number of our own layout, and the counters, which a new folder gets at once: there is no `lpad reset` to run. */
import { LpadError } from '../../../errors';
import { toNumber } from '../../bson-values';
import type { EmbeddedDatabase, Tables } from './database';
import { decode, encode } from './stored-bytes';

const FORMAT = 1;

export function prepareDatabase(database: EmbeddedDatabase, folder: string): void {
  const known = database.read(
    ({ meta }) => meta.getBinary('format') !== undefined && meta.doesExist('counters'),
  );
  if (!known) database.write(initialize);
  const format = database.read(({ meta }) => readNumber(meta.getBinary('format')));
  if (format <= FORMAT) return;
  throw new LpadError(
    'NO_DATABASE',
    `${folder} was written by a newer lpad (format ${format}; this one knows ${FORMAT})`,
    { hint: 'use the newer lpad, or another folder' },
  );
}

function initialize({ meta }: Tables): void {
  if (!meta.doesExist('format')) meta.putSync('format', encode({ number: FORMAT }));
  if (!meta.doesExist('counters')) resetCounters(meta);
}

export function resetCounters(meta: Tables['meta']): void {
  meta.putSync('counters', encode({ next_fw_id: 1, next_launch_id: 1 }));
}

function readNumber(bytes: Buffer | undefined): number {
  return bytes ? toNumber(decode(bytes)['number']) : 0;
}
