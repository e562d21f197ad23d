/** Keeps where a result is, when it is in the database: a crash in between loses the entry, and no more. */
import type { FWAction } from '../../domain/actions/fw-action';
import type { CacheKey } from '../../domain/cache-entry';
import type { Firework } from '../../domain/model';
import { grows } from '../../specs/workflow-files/growth';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { CompleteOutcome } from '../launches/complete-launch';

export interface CompletedRun {
  readonly key: CacheKey;
  readonly firework: Pick<Firework, 'fwId' | 'name'>;
  readonly launchId: number;
  readonly action: FWAction;
  readonly outcome: CompleteOutcome;
  readonly now: Date;
}

/** Not when it is unknown which Fireworks the result brought, or whether it reached its workflow at all. */
export async function rememberResult(
  store: LaunchPadStore,
  { key, firework, launchId, action, outcome, now }: CompletedRun,
): Promise<void> {
  if (outcome.kind !== 'written' || outcome.archived || outcome.unrefreshed.length > 0) return;
  const { brought } = outcome;
  if (!brought || (grows(action) && brought.length === 0)) return;
  const { fwId, name } = firework;
  await store.putCacheEntry({ ...key, name, fwId, launchId, createdOn: now, brought });
}
