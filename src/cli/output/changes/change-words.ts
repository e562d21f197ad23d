/** What every command that changes something says at its end. */

export const INTERRUPTED = 'Interrupted: what had begun was finished, the rest was not touched.';
export const NOTHING_WRITTEN = 'Nothing was written. The same command without --dry-run does it.';

export interface OtherCounts {
  readonly skipped: number;
  readonly refused: number;
  readonly failed: number;
  readonly conflict: number;
  readonly notDone: number;
}

/** `; 2 skipped; 1 failed`, empty when all was done. */
export function othersText(counts: OtherCounts): string {
  const parts = [
    [counts.skipped, 'skipped'],
    [counts.refused, 'refused'],
    [counts.failed, 'failed'],
    [counts.conflict, 'changed by others meanwhile'],
    [counts.notDone, 'not done'],
  ] as const;
  return parts.map(([count, what]) => (count > 0 ? `; ${String(count)} ${what}` : '')).join('');
}
