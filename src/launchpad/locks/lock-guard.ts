/**
 * Locks that are kept when a commit is broken off (the database went away, say): what is half written stays out of others'
 * reach until the next command has finished it, in this process or, when this one is dead, in another.
 */
import { abandonOwner } from './abandoned-owners';
import type { LaunchPadStore, LockOwner } from '../../storage/launchpad-store';

export interface LockGuard {
  /** The store, to commit by. */
  readonly store: LaunchPadStore;
  release(): Promise<void>;
}

export function lockGuard(store: LaunchPadStore, keys: readonly string[], owner: LockOwner): LockGuard {
  let isCommitting = false;
  return {
    store: {
      ...store,
      commitPatches: async (...args) => {
        isCommitting = true;
        const outcomes = await store.commitPatches(...args);
        isCommitting = false;
        return outcomes;
      },
    },
    release: async () => {
      if (isCommitting) abandonOwner(owner.name);
      else await store.unlockWorkflows(keys, owner);
    },
  };
}
