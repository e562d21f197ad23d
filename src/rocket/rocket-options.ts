/** What a rocket needs to be told, and what it tells. */
import type { Firework } from '../domain/model';
import { WORKFLOW_LOCK_WAIT_MS } from '../launchpad/refresh/refresh-workflows';
import type { Worker } from '../launchpad/launches/worker-query';
import type { ClaimRequest, LaunchPadStore } from '../storage/launchpad-store';
import type { RocketLog, TaskOutput } from './define-firetask';
import { BLOCK_FORMAT } from './launcher-directory';
import type { FiretaskRegistry } from './firetask-registry';
import type { JobSurroundings } from './job/job-keeper';
import { RETRY_FOR_MS } from './patience';

/** What FW_config.yaml decides, and what tests make shorter. */
export interface RocketSettings {
  readonly pingEveryMs: number;
  readonly order: ClaimRequest['order'];
  readonly removeUselessDirs: boolean;
  readonly fireworkFiles: readonly ('json' | 'yaml')[];
  /** `strftime` of the directories that rapidfire makes. */
  readonly blockFormat: string;
  readonly lockWaitMs: number;
  /** WFLOCK_EXPIRATION_KILL: a lock of Python's that was waited for so long is taken by force. */
  readonly killsLocks: boolean;
  /** How long a database that does not answer is waited for when there is a result. */
  readonly retryForMs: number;
  /** How long a Firetask that was told to stop may take. */
  readonly graceMs: number;
}

export const ROCKET_SETTINGS: RocketSettings = {
  pingEveryMs: 3_600_000,
  order: 'id',
  removeUselessDirs: true,
  fireworkFiles: ['json'],
  blockFormat: BLOCK_FORMAT,
  lockWaitMs: WORKFLOW_LOCK_WAIT_MS,
  killsLocks: false,
  retryForMs: RETRY_FOR_MS,
  graceMs: 10_000,
};

export interface RocketOptions {
  readonly store: LaunchPadStore;
  readonly worker: Worker;
  readonly registry: FiretaskRegistry;
  /** Where to run, unless the Firework says otherwise. It must exist. */
  readonly launchDir: string;
  readonly logger: RocketLog;
  /** Aborted with the name of a signal to end the Firework as FIZZLED. */
  readonly signal: AbortSignal;
  /** This Firework and no other, whatever the worker's query says. */
  readonly fwId?: number;
  /** One that is RESERVED for this rocket already (claimNext of checkout.ts). */
  readonly claimed?: Firework | undefined;
  readonly output?: TaskOutput;
  /** Aborted by a second signal: Firetasks are abandoned, and what is left is saved without waiting. */
  readonly hurry?: AbortSignal | undefined;
  readonly settings?: Partial<RocketSettings>;
  /** What of the configuration is saved with a job; without it, Firetasks of one's own are not found again. */
  readonly surroundings?: JobSurroundings;
  /** The name of this process in a pool, stored with results (FireWorks' STORE_PACKING_INFO). */
  readonly multiprocessName?: string | undefined;
  /** What runs from now on; undefined when nothing does. */
  readonly onRunning?: (running: { readonly fwId: number; readonly launchId: number } | undefined) => void;
  readonly now?: () => Date;
}

export type RocketOutcome =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'ran';
      readonly fwId: number;
      readonly launchId: number;
      readonly launchDir: string;
      readonly state: 'COMPLETED' | 'FIZZLED';
      /** False when the result is only in a file of the launch directory. */
      readonly saved: boolean;
      /** The launch whose result it got, where nothing was run (`_cache`). */
      readonly cachedFrom?: number;
    };
