/** The command line of `npm run bench`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Names of rows; none is all. */
  readonly rows: readonly string[];
  readonly small: boolean;
  readonly runs: number;
  readonly fireworksRuns: number;
  readonly fireworks: boolean;
  readonly embedded: boolean;
  /** After this FireWorks is ended in the rows that compare memory. */
  readonly limitSeconds: number;
  readonly json: string | undefined;
  /** A running server; without it one is started. */
  readonly uri: string;
  /** The folder that has bin/ and dist/. */
  readonly home: string;
}

export const USAGE = `npm run bench -- [ROW…] [--small] [--runs N] [--fireworks-runs N] [--no-fireworks]
    [--no-embedded] [--limit SECONDS] [--json FILE] [--uri MONGODB_URI] [--home FOLDER] [--list]`;

export function readOptions(argv: readonly string[]): BenchOptions & { readonly list: boolean } {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      small: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      'fireworks-runs': { type: 'string', default: '1' },
      'no-fireworks': { type: 'boolean', default: false },
      'no-embedded': { type: 'boolean', default: false },
      limit: { type: 'string', default: '60' },
      json: { type: 'string' },
      uri: { type: 'string', default: process.env['LPAD_TEST_MONGO_URI'] ?? '' },
      home: { type: 'string', default: resolve(__dirname, '..') },
      list: { type: 'boolean', default: false },
    },
  });
  return {
    rows: positionals,
    small: values.small,
    runs: Number(values.runs),
    fireworksRuns: Number(values['fireworks-runs']),
    fireworks: !values['no-fireworks'],
    embedded: !values['no-embedded'],
    limitSeconds: Number(values.limit),
    json: values.json,
    uri: values.uri,
    home: resolve(values.home),
    list: values.list,
  };
}
