/** A row of the benchmark is data: which state it needs, what each program is asked to do, and what is to be reached. */
import type { Seed } from '../state/seed';

export interface Row {
  /** What `npm run bench -- NAME` calls it. */
  readonly name: string;
  readonly title: string;
  readonly seed: Seed;
  /** Whether the state is put back before every run, and looked at after it. */
  readonly changes: boolean;
  /** Which of our programs; lpad unless it says otherwise. */
  readonly program?: 'rlaunch';
  /** Arguments of `lpad`, or of the program. */
  readonly ours: readonly string[];
  /** Arguments of FireWorks' program of the same name; without them it has no part in this row. */
  readonly fireworks?: readonly string[];
  /** Or a script for its library, which finds the host and the name of the database in `sys.argv[1:3]`. */
  readonly fireworksScript?: string;
  /** A file that is written into the working directory before the first run. */
  readonly file?: { readonly name: string; readonly text: () => string };
  /** How many Fireworks have each state in the end; without it, what a rerun leaves. */
  readonly leaves?: Readonly<Record<string, number>>;
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
  /** Another row, of as much work: it takes so many times as long at least, or this one so many times as long at most. */
  readonly beside?: {
    readonly row: string;
    readonly atLeastTimesFaster?: number;
    readonly atMostTimes?: number;
  };
  /** So many runs instead of the usual number. */
  readonly runs?: number;
}

/** Sizes: all, or a twentieth for a smoke test. */
export type Scale = (size: number) => number;
