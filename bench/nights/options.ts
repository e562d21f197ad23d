/** The command line of `npm run simulate:nights`. */
import { parseArgs } from 'node:util';

export interface NightsOptions {
  readonly workflows: number;
  readonly nights: number;
  /** One simulation for each. */
  readonly seeds: readonly number[];
  /** `recover` runs as a process that is killed at random, too. */
  readonly kill: boolean;
  /** Without the plain loop. */
  readonly recoverOnly: boolean;
  /** Hours between two calls of recover in a night. */
  readonly every: number;
  /** Of a MongoDB; without it the stores are folders. */
  readonly uri: string | undefined;
  readonly keep: string | undefined;
  readonly json: string | undefined;
  /** The last morning. */
  readonly end: Date;
}

export const USAGE = `npm run simulate:nights -- [--workflows N] [--nights N] [--seed N | --seeds N,N,…] [--kill]
    [--every HOURS] [--store embedded|MONGODB_URI] [--recover-only] [--keep FOLDER] [--end YYYY-MM-DD] [--json FILE]`;

export function readOptions(argv: readonly string[]): NightsOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      workflows: { type: 'string', default: '5000' },
      nights: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string' },
      kill: { type: 'boolean', default: false },
      every: { type: 'string', default: '0.5' },
      store: { type: 'string', default: 'embedded' },
      'recover-only': { type: 'boolean', default: false },
      keep: { type: 'string' },
      end: { type: 'string', default: '2026-01-31' },
      json: { type: 'string' },
    },
  });
  const seeds = (values.seeds ?? values.seed).split(',').map((one) => count(one, 'seed', 0));
  return {
    workflows: count(values.workflows, 'workflows'),
    nights: count(values.nights, 'nights'),
    seeds,
    kill: values.kill,
    recoverOnly: values['recover-only'],
    every: hours(values.every),
    uri: values.store === 'embedded' ? undefined : values.store,
    keep: values.keep,
    json: values.json,
    end: date(values.end),
  };
}

function count(text: string, option: string, least = 1): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(`--${option}: ${text} is no number from ${String(least)}\n${USAGE}`);
  return value;
}

function hours(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 12))
    throw new Error(`--every: ${text} is no number of hours up to 12\n${USAGE}`);
  return value;
}

function date(text: string): Date {
  const value = new Date(`${text}T12:00:00`);
  if (Number.isNaN(value.getTime())) throw new Error(`--end: ${text} is no date like 2026-01-31\n${USAGE}`);
  return value;
}
