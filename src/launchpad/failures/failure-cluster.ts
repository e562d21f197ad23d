/** Failures with the same fingerprint, gathered one by one: what is kept does not grow with how many there are. */
import { coresOf } from '../../domain/failures/cores';
import type { FailedLaunch } from '../../domain/failures/failure';
import type { Firework, Timestamp } from '../../domain/model';
import { knownMillis } from '../../domain/timestamps';

export interface Counted {
  readonly value: string;
  readonly count: number;
}

export interface FailureSample {
  readonly fwId: number;
  readonly name: string;
  /** Undefined where no launch FIZZLED. */
  readonly launch?: FailedLaunch;
}

export interface FailureCluster {
  readonly fingerprint: string;
  /** The error without what differs. */
  readonly pattern: string;
  /** FIZZLED Fireworks. */
  readonly count: number;
  /** The most frequent first, of the first MOST_VALUES. */
  readonly names: readonly Counted[];
  readonly hosts: readonly Counted[];
  /** When it was met, also by launches that are archived now; undefined where nobody noted it. */
  readonly firstSeen: Date | undefined;
  readonly lastSeen: Date | undefined;
  /** Of the Fireworks that count. */
  readonly coreHours: number;
  /** Launches that failed so and were rerun, and how the next attempt of their Firework ended. */
  readonly reruns: { readonly ended: number; readonly succeeded: number };
  /** The latest. */
  readonly sample: FailureSample;
}

/** So many different names, and hosts, are counted. */
const MOST_VALUES = 200;

export class ClusterCounts {
  readonly fingerprint: string;
  readonly pattern: string;
  #count = 0;
  #coreSeconds = 0;
  #rerunsEnded = 0;
  #rerunsSucceeded = 0;
  #first = Infinity;
  #last = -Infinity;
  #sample: FailureSample | undefined;
  #sampledAt = -Infinity;
  readonly #names = new Map<string, number>();
  readonly #hosts = new Map<string, number>();

  constructor(fingerprint: string, pattern: string) {
    this.fingerprint = fingerprint;
    this.pattern = pattern;
  }

  add({ fwId, name, spec, updatedOn }: Firework, launch: FailedLaunch | undefined): void {
    this.#count += 1;
    countIn(this.#names, name);
    if (launch) countIn(this.#hosts, launch.host);
    const cores = coresOf(spec['_queueadapter'], launch?.workerCores);
    this.#coreSeconds += cores * (launch?.runtimeSecs ?? 0);
    const millis = this.meet(launch ? launch.timeEnd : updatedOn);
    if (this.#sample && millis < this.#sampledAt) return;
    this.#sample = { fwId, name, ...(launch ? { launch } : {}) };
    this.#sampledAt = millis;
  }

  /** Milliseconds since 1970. */
  meet(moment: Timestamp | null): number {
    const millis = knownMillis(moment);
    if (millis === undefined) return -Infinity;
    this.#first = Math.min(this.#first, millis);
    this.#last = Math.max(this.#last, millis);
    return millis;
  }

  addRerun(succeeded: boolean): void {
    this.#rerunsEnded += 1;
    if (succeeded) this.#rerunsSucceeded += 1;
  }

  toCluster(): FailureCluster {
    if (!this.#sample) throw new Error('a cluster has at least one failure');
    return {
      fingerprint: this.fingerprint,
      pattern: this.pattern,
      count: this.#count,
      names: byCount(this.#names),
      hosts: byCount(this.#hosts),
      firstSeen: dateOf(this.#first),
      lastSeen: dateOf(this.#last),
      coreHours: this.#coreSeconds / 3600,
      reruns: { ended: this.#rerunsEnded, succeeded: this.#rerunsSucceeded },
      sample: this.#sample,
    };
  }
}

function countIn(counts: Map<string, number>, value: string): void {
  const known = counts.get(value);
  if (known !== undefined || counts.size < MOST_VALUES) counts.set(value, (known ?? 0) + 1);
}

function byCount(counts: ReadonlyMap<string, number>): readonly Counted[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

function dateOf(millis: number): Date | undefined {
  return Number.isFinite(millis) ? new Date(millis) : undefined;
}
