/** Pausing, resuming, defusing, reigniting and archiving, and what becomes of each Firework by it. */
import type { FireworkState } from '../state';

export type ControlEvent = 'PAUSE' | 'RESUME' | 'DEFUSE' | 'REIGNITE' | 'ARCHIVE';

export interface ControlTarget {
  readonly fwId: number;
  readonly name: string;
  readonly from: FireworkState;
  readonly to: FireworkState;
  readonly outcome: 'changed' | 'skipped' | 'refused' | 'failed';
  /** Why it is not changed; undefined for one that is. */
  readonly reason?: string;
  /** What a person should know about a change that happens. */
  readonly notes: readonly string[];
}
