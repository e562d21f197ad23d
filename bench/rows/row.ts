/** A row of the benchmark is data: which state it needs, what each program is asked to do, and what is to be reached. */
import type { Seed } from '../state/seed';

export interface Row {
  /** What `npm run bench -- NAME` calls it. */
  readonly name: string;
  readonly title: string;
  readonly seed: Seed;
  /** Whether the state is put back before every run, and looked at after it. */
  readonly changes: boolean;
  /** Arguments of `lpad`. */
  readonly ours: readonly string[];
  /** Arguments of FireWorks' `lpad`; without them it has no part in this row. */
  readonly fireworks?: readonly string[];
  /** A script of floor/ with its arguments: the bare driver. */
  readonly floor?: readonly string[];
  /** Whether the embedded store runs it too, and whether it may take no longer than MongoDB. */
  readonly embedded?: 'compared' | 'as fast';
  /** At least so many times as fast as FireWorks. */
  readonly timesFaster?: number;
  /** At most so many times the floor. */
  readonly timesFloor?: number;
  /** Compares peak memory with FireWorks instead of time. FireWorks is ended after a while: its peak so far counts. */
  readonly memory?: boolean;
  /** Another row, of the same work in another size: the time may grow with the size, and by half as much again. */
  readonly linearTo?: string;
  /** So many runs instead of the usual number. */
  readonly runs?: number;
}

/** Sizes: all, or a twentieth for a smoke test. */
export type Scale = (size: number) => number;
