/** Nights side by side: what failed, what reruns came to, and what it cost. */
import type { Night, RecoveryStep } from '../recovery/night';
import { endName, type EndName, type ToldStep } from './told-step';

/** A night in the row. */
export interface NightCount {
  readonly key: string;
  readonly startedOn: Date;
  readonly lostLaunches: number;
  /** Failures that no earlier night knew, by fingerprint. */
  readonly failures: ReadonlyMap<string, number>;
  readonly reruns: ReadonlyMap<EndName, number>;
  readonly quarantined: number;
  /** Core hours of the failures that no earlier night knew: of first attempts, and of attempts after a rerun. */
  readonly firstCoreHours: number;
  readonly againCoreHours: number;
}

/** What one night counts; give it the nights in their order, each with its steps. */
export class HistoryTally {
  /** Of the night before. Each night has a step for all that is FIZZLED, so that older ones add nothing. */
  #before = new Set<string>();
  readonly #patterns = new Map<string, string>();
  readonly #nights: NightCount[] = [];

  /** Of the night before the first that is shown, which counts only what was new then. */
  addEarlier(step: RecoveryStep): void {
    this.#before.add(keyOf(step));
  }

  night({ key, startedOn, lostLaunches }: Night): NightCounter {
    const failures = new Map<string, number>();
    const reruns = new Map<EndName, number>();
    const seen = new Set<string>();
    let [quarantined, firstCoreHours, againCoreHours] = [0, 0, 0];
    return {
      add: ({ step, end }) => {
        seen.add(keyOf(step));
        this.#patterns.set(step.fingerprint, step.pattern);
        if (step.action === 'quarantine') quarantined += 1;
        if (end) add(reruns, endName(end, step));
        if (this.#before.has(keyOf(step))) return;
        add(failures, step.fingerprint);
        if (step.attempts > 1) againCoreHours += step.coreHours;
        else firstCoreHours += step.coreHours;
      },
      end: () => {
        this.#before = seen;
        const counts = { quarantined, firstCoreHours, againCoreHours };
        this.#nights.push({ key, startedOn, lostLaunches, failures, reruns, ...counts });
      },
    };
  }

  nights(): readonly NightCount[] {
    return this.#nights;
  }

  /** By fingerprint, of all that were counted. */
  patterns(): ReadonlyMap<string, string> {
    return this.#patterns;
  }
}

export interface NightCounter {
  add(told: Pick<ToldStep, 'step' | 'end'>): void;
  end(): void;
}

function keyOf({ fwId, launchId }: RecoveryStep): string {
  return `${String(fwId)}/${String(launchId)}`;
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The fingerprints with the most failures of all nights, so many at most; whatever else there is goes under one name. */
export function mostFrequent(nights: readonly NightCount[], most: number): readonly string[] {
  const totals = new Map<string, number>();
  for (const { failures } of nights)
    for (const [fingerprint, count] of failures)
      totals.set(fingerprint, (totals.get(fingerprint) ?? 0) + count);
  return [...totals]
    .sort(([one, count], [other, more]) => more - count || (one < other ? -1 : 1))
    .slice(0, most)
    .map(([fingerprint]) => fingerprint);
}
