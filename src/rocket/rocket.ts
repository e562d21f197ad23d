/** A rocket: checks out one Firework, runs it in a directory, and brings the result home (FireWorks' `Rocket.run`). */
import { resolve } from 'node:path';
import { ActionError } from '../domain/fw-action';
import type { Launch, ValueObject } from '../domain/model';
import { checkoutLaunch, type CheckedOut } from '../launchpad/checkout';
import { WORKFLOW_LOCK_WAIT_MS } from '../launchpad/refresh-workflows';
import { workerQuery, type Worker } from '../launchpad/worker-query';
import { toJsonLine } from '../specs/print-json';
import type { ClaimRequest, LaunchPadStore } from '../storage/launchpad-store';
import type { RocketLog, TaskOutput } from './define-firetask';
import { trackersOf } from './directory/trackers';
import type { FiretaskRegistry } from './firetask-registry';
import { fly, type LaunchResult } from './fly';
import { LiveLaunch } from './live-launch';
import { failedAction, stackTraceOf } from './result/failure';
import { RETRY_FOR_MS, saveResult } from './result/save-result';
import { thisHost } from './this-host';

/** What FW_config.yaml decides, and what tests make shorter. */
export interface RocketSettings {
  readonly pingEveryMs: number;
  readonly order: ClaimRequest['order'];
  readonly removeUselessDirs: boolean;
  readonly writeFireworkFile: boolean;
  readonly lockWaitMs: number;
  /** How long a database that does not answer is waited for when there is a result. */
  readonly retryForMs: number;
  /** How long a Firetask that was told to stop may take. */
  readonly graceMs: number;
}

export const ROCKET_SETTINGS: RocketSettings = {
  pingEveryMs: 3_600_000,
  order: 'id',
  removeUselessDirs: true,
  writeFireworkFile: true,
  lockWaitMs: WORKFLOW_LOCK_WAIT_MS,
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
  readonly output?: TaskOutput;
  readonly settings?: Partial<RocketSettings>;
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
    };

const INHERITED: TaskOutput = { stdout: 1, writeStderr: (chunk) => void process.stderr.write(chunk) };

export async function launchRocket(options: RocketOptions): Promise<RocketOutcome> {
  const { logger } = options;
  logger.info('Launching Rocket');
  const outcome = await checkoutAndRun(options);
  logger.info('Rocket finished');
  return outcome;
}

async function checkoutAndRun(options: RocketOptions): Promise<RocketOutcome> {
  const { store, worker, registry, logger, signal, fwId, now = () => new Date() } = options;
  const settings = { ...ROCKET_SETTINGS, ...options.settings };
  const launchDir = resolve(options.launchDir);
  if (signal.aborted) return { kind: 'nothing' };
  const checkedOut = await checkoutLaunch(store, {
    worker,
    launchDir,
    ...(await thisHost()),
    now,
    order: settings.order,
    lockWaitMs: settings.lockWaitMs,
    firetasks: registry.names,
    unknownIn: registry.unknownIn,
    trackersOf: usableTrackers,
    note: (message) => logger.info(message),
    ...(fwId === undefined ? {} : { fwId }),
  });
  if (!checkedOut) {
    logger.info(`No FireWorks are ready to run and match query! ${toJsonLine(workerQuery(worker))}`);
    return { kind: 'nothing' };
  }
  return run(checkedOut, options, settings, launchDir, now);
}

async function run(
  { firework, launch }: CheckedOut,
  { store, worker, registry, logger, signal, output = INHERITED }: RocketOptions,
  settings: RocketSettings,
  launchDir: string,
  now: () => Date,
): Promise<RocketOutcome> {
  const live = new LiveLaunch({ store, launch, logger, now, pingEveryMs: settings.pingEveryMs });
  let result: LaunchResult;
  live.startHeartbeat();
  try {
    result = await fly({ firework, live, store, worker, registry, logger, signal, output, settings, launchDir });
  } finally {
    live.stopHeartbeat();
  }
  // As FireWorks: one last sign of life, with the trackers' last lines.
  await live.ping();
  const save = ({ state, action }: LaunchResult): Promise<boolean> => {
    const { lockWaitMs, retryForMs } = settings;
    const end = { launch: live.launch, state, action, endedOn: now(), now, lockWaitMs };
    return saveResult({ store, end, launchDir: live.launch.launchDir, logger, retryForMs });
  };
  let saved: boolean;
  try {
    saved = await save(result);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    // The Firetasks ran, but their result cannot be used.
    logger.error(stackTraceOf(error));
    result = { state: 'FIZZLED', action: failedAction(error, null) };
    saved = await save(result);
  }
  return { kind: 'ran', ...idsOf(live.launch), state: result.state, saved };
}

function idsOf({ fwId, launchId, launchDir }: Launch): Pick<Launch, 'fwId' | 'launchId' | 'launchDir'> {
  return { fwId, launchId, launchDir };
}

/** A spec with bad trackers is found out when the launch can tell of it. */
function usableTrackers(spec: ValueObject): readonly ValueObject[] {
  try {
    return trackersOf(spec);
  } catch (error) {
    if (error instanceof ActionError) return [];
    throw error;
  }
}
