/** FireWorks' FileTransferTask: moves, copies or sends files (firetasks.md, section 4). */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Value, ValueObject } from '../../../domain/model';
import { isTruthy } from '../../../domain/workflow-draft';
import { messageOf } from '../../../errors';
import { defineFiretask, FiretaskError, type FiretaskContext } from '../../define-firetask';
import { FLAG, INTEGER, parameters, TEXT } from '../parameter-types';
import { keyError } from '../python-failures';
import { pythonRepr, pythonStr } from '../python-repr';
import { interpreted } from './paths';
import { sendFiles } from './remote-transfer';
import { TRANSFERS } from './transfer-modes';

type FileEntry = string | { readonly src: string; readonly dest?: string };

export const fileTransferTask = defineFiretask({
  name: 'FileTransferTask',
  aliases: ['Transfer Task'],
  parameters: parameters(['mode', 'files'], {
    mode: { type: 'string' },
    files: {
      type: 'array',
      items: {
        type: ['string', 'object'],
        required: ['src'],
        properties: { src: { type: 'string' }, dest: { type: 'string' } },
      },
    },
    dest: TEXT,
    ignore_errors: FLAG,
    max_retry: INTEGER,
    retry_delay: { type: ['number', 'null'] },
    shell_interpret: FLAG,
    server: TEXT,
    user: TEXT,
    key_filename: TEXT,
  }),
  run: async (context): Promise<void> => {
    const { files, ignore_errors } = context.parameters;
    const retries = { left: Number(context.parameters['max_retry'] ?? 0) };
    for (const entry of files as readonly FileEntry[]) {
      const failure = await transferOrRetry(entry, context, retries);
      if (failure !== undefined && !isTruthy(ignore_errors)) throw failed(context.parameters, failure);
    }
  },
});

/** FireWorks begins the whole list again, and stumbles over what it has moved already; here only what failed is tried again. */
async function transferOrRetry(
  entry: FileEntry,
  context: FiretaskContext,
  retries: { left: number },
): Promise<Error | undefined> {
  const { logger, signal, parameters: given } = context;
  const pauseMs = Number(given['retry_delay'] ?? 10) * 1000;
  for (;;) {
    try {
      await transfer(entry, context);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      logger.warn(`FileTransferTask: ${pythonRepr(entry)}: ${messageOf(error)}`);
      if (retries.left <= 0) return error instanceof Error ? error : new Error(String(error));
      retries.left -= 1;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

async function transfer(entry: FileEntry, context: FiretaskContext): Promise<void> {
  const { launchDir, parameters: given } = context;
  const { shell_interpret = true, dest: common } = given;
  const path = (written: string): string =>
    isTruthy(shell_interpret) ? interpreted(written, launchDir) : resolve(launchDir, written);
  const mode = String(given['mode']);
  const source = path(typeof entry === 'string' ? entry : entry.src);
  if (mode === 'rtransfer') return sendFiles(source, textAt(given, 'dest'), remoteOf(given), context);
  const dest = typeof entry === 'string' ? common : (entry.dest ?? common);
  if (typeof dest !== 'string') throw keyError('dest');
  const work = TRANSFERS.get(mode);
  if (!work) throw keyError(mode);
  return work(source, path(dest));
}

function remoteOf(given: ValueObject): Parameters<typeof sendFiles>[2] {
  const { user, key_filename: key } = given;
  return {
    server: textAt(given, 'server'),
    user: typeof user === 'string' ? user : undefined,
    keyFilename: typeof key === 'string' ? key : undefined,
  };
}

function textAt(given: ValueObject, key: string): string {
  const value: Value = given[key];
  if (typeof value !== 'string') throw keyError(key);
  return value;
}

function failed({ mode, files, dest }: ValueObject, cause: Error): FiretaskError {
  const what = `There was an error performing operation ${String(mode)} from ${pythonRepr(files)} to ${dest === undefined ? 'None' : pythonStr(dest)}`;
  const notes = cause instanceof FiretaskError ? cause.notes : [];
  return new FiretaskError('ValueError', what, { notes: [...notes, `${cause.name}: ${cause.message}`] });
}
