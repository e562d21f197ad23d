/** What is known of a launch that is under way, from checkout to result. */
import type { Firework } from '../../domain/model';
import type { Worker } from '../../launchpad/launches/worker-query';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { RocketLog, TaskOutput } from '../define-firetask';
import type { FiretaskRegistry } from '../firetask-registry';
import type { JobKeeper } from '../job/job-keeper';
import type { RocketSettings } from '../rocket-options';
import type { LiveRun } from './live-launch';

export interface Flight {
  readonly firework: Firework;
  readonly live: LiveRun;
  /** Undefined for a run without the database. */
  readonly store: LaunchPadStore | undefined;
  readonly worker: Worker;
  readonly registry: FiretaskRegistry;
  readonly logger: RocketLog;
  readonly signal: AbortSignal;
  readonly output: TaskOutput;
  /** Aborted when nothing is waited for any more. */
  readonly hurry: AbortSignal | undefined;
  readonly job: JobKeeper;
  /** From a file, where all but the Firetasks has been done before. */
  readonly isRerun?: true;
  readonly settings: Pick<RocketSettings, 'removeUselessDirs' | 'fireworkFiles' | 'graceMs'>;
  /** Stored with the result. */
  readonly multiprocessName?: string | undefined;
  /** Where the rocket was told to run. */
  readonly launchDir: string;
}
