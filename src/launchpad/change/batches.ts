/** How many workflows are locked, read and written together. */
import type { Membership } from '../../storage/launchpad-store';

const MOST_WORKFLOWS = 1000;
/** Counted with all that the workflows have. */
const MOST_FIREWORKS = 5000;

/** Whole workflows, so that a target and its descendants are planned together. */
export function batchesOf(memberships: readonly Membership[]): readonly (readonly Membership[])[] {
  const batches: Membership[][] = [];
  let fireworks = 0;
  for (const membership of memberships) {
    const current = batches.at(-1);
    const full = !current || current.length >= MOST_WORKFLOWS || fireworks + membership.size > MOST_FIREWORKS;
    if (full) {
      batches.push([membership]);
      fireworks = membership.size;
    } else {
      current.push(membership);
      fireworks += membership.size;
    }
  }
  return batches;
}
