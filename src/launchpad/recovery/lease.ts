/** That two recoveries never overlap: a lease with an owner and an expiry, as locks have them. */
import { LpadError } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { createLockOwner, isOwnerDead, type RunContext } from '../run-context';

const LEASE = 'recover';
/** How long a dead process of another host stands in the way, at most. */
const EXPIRY_MS = 15 * 60_000;

export interface Lease {
  /** Throws LOCKED when somebody else has it by now: nothing more may be changed then. */
  renew(): Promise<void>;
}

/** Throws LOCKED when another recovery is under way. */
export async function withLease<Result>(
  store: LaunchPadStore,
  context: RunContext,
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const lease: Lease = { renew: () => take(store, context, 'this one ends here') };
  await take(store, context, 'nothing was done');
  // A batch may wait long for locks of others.
  const timer = setInterval(() => {
    lease.renew().catch(() => undefined);
  }, EXPIRY_MS / 3);
  try {
    return await work(lease);
  } finally {
    clearInterval(timer);
    await store.releaseLease(LEASE, createLockOwner(context));
  }
}

async function take(store: LaunchPadStore, context: RunContext, so: string): Promise<void> {
  const now = context.now();
  const { name } = createLockOwner(context);
  const owner = { name, expiresAt: now.getTime() + EXPIRY_MS };
  const first = await store.takeLease(LEASE, owner);
  const holder =
    first.name !== name && isOwnerDead(first, now) ? await store.takeLease(LEASE, owner, first.name) : first;
  if (holder.name === name) return;
  const [host = '', pid = ''] = holder.name.split(':');
  const until = new Date(holder.expiresAt).toISOString().slice(11, 16);
  throw new LpadError('LOCKED', `another recovery is under way: process ${pid} on ${host}; ${so}`, {
    hint: `if that process is gone, its lease ends at ${until} UTC`,
  });
}
