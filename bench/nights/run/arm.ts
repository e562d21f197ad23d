/** What is done about failures: an arm of the simulation. */
import { handleLostRuns } from '../../../src/launchpad/upkeep/detect-lost-runs';
import { findLostRuns } from '../../../src/launchpad/upkeep/find-lost-runs';
import { recover } from '../../../src/launchpad/recovery/recover';
import { rerunFireworks } from '../../../src/launchpad/rerun/rerun-fireworks';
import { createRunContext, type RunContext } from '../../../src/launchpad/run-context';
import type { PolicyFile } from '../../../src/specs/recovery/policy-file';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import type { SimulatedClock } from './clock';
import { EVENING, nightHours, nightKey } from './night-times';

export interface ArmParts {
  readonly store: LaunchPadStore;
  readonly clock: SimulatedClock;
}

export interface Arm {
  /** When it acts, hours after noon. */
  readonly hours: readonly number[];
  act(night: number): Promise<void>;
}

/** FireWorks' default, and what the policy says. */
const EXPIRATION_SECS = 4 * 3600;

const PLAIN_RERUN = { includeRunning: false, resetHeld: false, clearRecovery: false };

/** `lpad detect_lostruns --fizzle; lpad rerun_fws -s FIZZLED`, once in the evening. */
export function plainLoop({ store, clock }: ArmParts): Arm {
  const contextOf = (operation: string, ...commandLine: readonly string[]): RunContext =>
    createRunContext({ operation, commandLine: ['lpad', operation, ...commandLine], now: clock.now });
  return {
    hours: [EVENING],
    act: async () => {
      const query = { rules: { now: clock.now(), expirationSecs: EXPIRATION_SECS } };
      const found = await findLostRuns(store, query);
      await handleLostRuns(
        store,
        {
          query,
          found,
          fix: 'fizzle',
          rerunOptions: PLAIN_RERUN,
          noDuplicates: false,
          refresh: false,
          dryRun: false,
        },
        contextOf('detect_lostruns', '--fizzle'),
      );
      const selection = { where: { state: 'FIZZLED' } };
      const ids = await store.findFireworkIds(selection);
      const request = { ids, selection, options: PLAIN_RERUN, noDuplicates: false, dryRun: false };
      const { counts } = await rerunFireworks(store, request, contextOf('rerun_fws', '-s', 'FIZZLED'));
      if (counts.failed > 0) throw new Error(`${String(counts.failed)} reruns failed`);
    },
  };
}

export interface RecoveryArm {
  readonly file: string;
  readonly policy: PolicyFile;
  /** Hours between two calls. */
  readonly every: number;
  /** Told how long a call took, seconds, and over how many failures. */
  readonly onCall: (seconds: number, failures: number) => void;
}

/** `lpad recover --policy FILE`, as cron calls it. */
export function recovery({ store, clock }: ArmParts, { file, policy, every, onCall }: RecoveryArm): Arm {
  return {
    hours: nightHours(every),
    act: async (night) => {
      const began = performance.now();
      const { status, steps } = await recover(
        store,
        {
          policy: policy.policy,
          source: { file, hash: policy.hash },
          key: nightKey(night),
          dryRun: false,
          expirationSecs: EXPIRATION_SECS,
          exceptionDetails: false,
        },
        createRunContext({
          operation: 'recover',
          commandLine: ['lpad', 'recover', '--policy', file],
          now: clock.now,
        }),
      );
      onCall((performance.now() - began) / 1000, steps.length);
      if (status !== 'done' && status !== 'held') throw new Error(`a recovery ended ${status}`);
    },
  };
}
