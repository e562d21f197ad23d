/** What reruns came to, counted for figures, tables and charts. */
import type { EndName } from '../../../launchpad/morning/load-morning';

/** What somebody did to a rerun before it had ended. */
export const CHANGED_BY_PEOPLE: readonly EndName[] = ['taken back', 'stopped', 'rerun since', 'deleted'];

/** How many of them came to one of these ends. */
export function endedSo(ends: ReadonlyMap<EndName, number>, ...names: readonly EndName[]): number {
  return names.reduce((sum, name) => sum + (ends.get(name) ?? 0), 0);
}
