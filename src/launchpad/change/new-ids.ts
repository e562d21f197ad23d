/** Ids of the database for Fireworks that patches bring. */
import { assignIds, provisionalIds } from '../../domain/growth/assign-ids';
import type { WorkflowPatch } from '../../domain/patch';
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** Drawn when the plans stand: one that does not leaves the counter alone. */
export async function withNewIds(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
): Promise<readonly WorkflowPatch[]> {
  const counts = patches.map((patch) => provisionalIds(patch).length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return patches;
  let next = await store.takeFireworkIds(total);
  return patches.map((patch, index) => {
    const first = next;
    next += counts[index] ?? 0;
    return assignIds(patch, first);
  });
}
