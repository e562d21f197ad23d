/** Whether there is work for a worker, now or later (FireWorks' `run_exists` and `future_run_exists`). */
import { childrenOf } from '../../domain/workflow-graph';
import type { LaunchPadStore, Query } from '../../storage/launchpad-store';

export async function isReadyWork(store: LaunchPadStore, claimable: Query): Promise<boolean> {
  const found = await store.findFireworkIds({ where: { $and: [claimable, { state: 'READY' }] }, limit: 1 });
  return found.length > 0;
}

/** Also true while something is under way whose end may release a child. */
export async function isWorkExpected(store: LaunchPadStore, claimable: Query): Promise<boolean> {
  if (await isReadyWork(store, claimable)) return true;
  const where = { $and: [claimable, { state: { $in: ['RUNNING', 'RESERVED'] } }] };
  const active = await store.findFireworkIds({ where });
  if (active.length === 0) return false;
  const children = new Set<number>();
  for await (const { links } of store.findWorkflows({ members: active })) {
    for (const fwId of active) for (const child of childrenOf(links, fwId)) children.add(child);
  }
  if (children.size === 0) return false;
  return (await store.countFireworks({ ids: [...children], where: { state: 'WAITING' } })) > 0;
}
