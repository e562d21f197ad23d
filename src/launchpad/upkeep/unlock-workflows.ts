/** Releases locks on a person's word (`admin unlock`): Python's programs leave them behind when they are killed. */
import type { LaunchPadStore, LockHolder, Membership } from '../../storage/launchpad-store';
import { finishDeadHolders } from '../locks/finish-dead-owners';
import { isOwnerDead } from '../run-context';

export interface UnlockOutcome extends Membership {
  readonly outcome: 'unlocked' | 'free' | 'refused';
  /** Who held the lock, as far as that is known. */
  readonly holder: string | undefined;
}

export interface UnlockRequest {
  readonly memberships: readonly Membership[];
  /** Also locks of programs of ours that are at work. */
  readonly force: boolean;
  readonly dryRun: boolean;
  readonly now: Date;
}

export async function unlockByForce(
  store: LaunchPadStore,
  { memberships, force, dryRun, now }: UnlockRequest,
): Promise<readonly UnlockOutcome[]> {
  const keys = memberships.map(({ workflowKey }) => workflowKey);
  const held = new Map((await store.findLockHolders(keys)).map((one) => [one.workflowKey, one]));
  const outcomes = memberships.map((one): UnlockOutcome => {
    const holder = held.get(one.workflowKey);
    if (!holder) return { ...one, outcome: 'free', holder: undefined };
    const isAtWork = holder.owner !== undefined && !isOwnerDead(holder.owner, now);
    return { ...one, outcome: isAtWork && !force ? 'refused' : 'unlocked', holder: nameOf(holder) };
  });
  const wanted = outcomes
    .filter(({ outcome }) => outcome === 'unlocked')
    .map(({ workflowKey }) => workflowKey);
  if (dryRun || wanted.length === 0) return outcomes;
  // What a dead program of ours has half done is finished, not just left open.
  await finishDeadHolders(store, wanted);
  const left = wanted.flatMap((key) => held.get(key) ?? []);
  await store.forceUnlock(left);
  return outcomes;
}

function nameOf({ owner }: LockHolder): string {
  if (!owner) return 'a FireWorks program, or another that does not say';
  const [host = '', pid = ''] = owner.name.split(':');
  return `process ${pid} on ${host}`;
}
