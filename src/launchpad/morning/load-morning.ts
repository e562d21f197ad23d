/** The report of the morning: what a night of `lpad recover` tried, why, and what has come of it by now. */
import { decisionsFor, type PersonDecision } from '../../domain/morning/decisions';
import { HistoryTally, type NightCount } from '../../domain/morning/history';
import { NightTally, totalsOf, type TalliedError, type Totals } from '../../domain/morning/tally';
import type { ToldStep } from '../../domain/morning/told-step';
import { wasRerun, type Night, type RecoveryStep } from '../../domain/recovery/night';
import { standsFor } from '../../domain/recovery/quarantine-standing';
import { LpadError } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findFailures } from '../failures/cluster-failures';
import { inBatches } from '../in-batches';
import { findEnds } from '../recovery/find-ends';
import { findQuarantined } from '../recovery/quarantines';

export { END_NAMES, type EndName } from '../../domain/morning/told-step';
export { mostFrequent, type NightCount } from '../../domain/morning/history';
export type { DecisionKind, PersonDecision } from '../../domain/morning/decisions';
export type { TalliedError, Totals, Tried, TriedAction } from '../../domain/morning/tally';

export interface MorningRequest {
  /** Key of the night; the last one without it. */
  readonly key?: string;
  /** So many nights side by side, that night included. */
  readonly nights: number;
}

export interface MorningReport {
  readonly night: Night;
  /** When what became of it was looked up. */
  readonly asOf: Date;
  readonly totals: Totals;
  readonly errors: readonly TalliedError[];
  readonly decisions: readonly PersonDecision[];
  /** Oldest first; the last one is this night. */
  readonly history: readonly NightCount[];
  /** By fingerprint. */
  readonly patterns: ReadonlyMap<string, string>;
}

/** Where nobody says how many. */
export const NIGHTS_SHOWN = 30;

/** As many as are looked up at once. */
const BATCH = 1000;

export async function loadMorning(
  store: LaunchPadStore,
  { key, nights: most }: MorningRequest,
  now: Date,
): Promise<MorningReport> {
  const { night, before } = await findNight(store, key);
  const history = new HistoryTally();
  const [earlier, ...shown] = [...before.slice(0, most).reverse()];
  const isWhole = before.length < most;
  if (earlier && isWhole) shown.unshift(earlier);
  else if (earlier)
    for await (const step of store.findSteps({ night: earlier.key })) history.addEarlier(step);
  for (const one of shown) await addToHistory(store, history, one);
  const quarantined = await findQuarantined(store);
  const isQuarantined = new Set(quarantined.map(({ fwId }) => fwId));
  const tally = new NightTally();
  const counter = history.night(night);
  for await (const one of tellSteps(store, night.key, true)) {
    const told = { ...one, isOpen: one.isOpen && !isQuarantined.has(one.step.fwId) };
    tally.add(told);
    counter.add(told);
  }
  counter.end();
  const errors = tally.errors();
  return {
    night,
    asOf: now,
    totals: totalsOf(errors),
    errors,
    decisions: decisionsFor(errors, quarantined),
    history: history.nights(),
    patterns: history.patterns(),
  };
}

/** With the nights before it, newest first. */
async function findNight(
  store: LaunchPadStore,
  key: string | undefined,
): Promise<{ readonly night: Night; readonly before: readonly Night[] }> {
  const all = await store.findNights({});
  const at = key === undefined ? 0 : all.findIndex((one) => one.key === key);
  const night = all[at];
  if (night) return { night, before: all.slice(at + 1) };
  if (all.length === 0)
    throw new LpadError('NOT_FOUND', 'no recovery has been run on this database', {
      hint: 'lpad recover --policy recovery.yaml --dry-run',
    });
  const known = all.slice(0, 5).map((one) => one.key);
  throw new LpadError('NOT_FOUND', `there is no night ${key ?? ''}; the last ones are ${known.join(', ')}`, {
    hint: 'lpad report --last-recovery',
  });
}

async function addToHistory(store: LaunchPadStore, history: HistoryTally, night: Night): Promise<void> {
  const counter = history.night(night);
  for await (const told of tellSteps(store, night.key, false)) counter.add(told);
  counter.end();
}

/** `isOpen` costs a look at each Firework, and is asked of one night alone. */
async function* tellSteps(store: LaunchPadStore, night: string, asksOpen: boolean): AsyncGenerator<ToldStep> {
  for await (const batch of inBatches(store.findSteps({ night }), BATCH)) {
    const reruns = batch.filter(wasRerun);
    const ends = new Map((await findEnds(store, reruns)).map(({ step, end }) => [step, end]));
    const failures = asksOpen ? await standingFailures(store, batch) : new Map<number, number>();
    yield* batch.map((step) => {
      const end = ends.get(step);
      const failed = wasRerun(step) ? end?.kind === 'failed' && end.launchId : step.launchId;
      return { step, end, isOpen: failed !== false && failures.get(step.fwId) === failed };
    });
  }
}

/** By Firework that is FIZZLED, the launch that stands for its failure. */
async function standingFailures(
  store: LaunchPadStore,
  steps: readonly RecoveryStep[],
): Promise<ReadonlyMap<number, number>> {
  const standing = new Map<number, number>();
  for await (const { firework, launch } of findFailures(store, { ids: steps.map(({ fwId }) => fwId) }))
    standing.set(firework.fwId, standsFor(firework, launch));
  return standing;
}
