/** A rocket: checks out one Firework, runs it in a directory, and brings the result home (FireWorks' `Rocket.run`). */
import { resolve } from 'node:path';
import { ActionError } from '../domain/actions/fw-action';
import type { Launch, ValueObject } from '../domain/model';
import { checkoutLaunch, type CheckedOut } from '../launchpad/launches/checkout';
import { withExpiringLocks } from '../launchpad/locks/expire-locks';
import type { CompleteOutcome } from '../launchpad/launches/complete-launch';
import { workerQuery } from '../launchpad/launches/worker-query';
import { toJsonLine } from '../specs/printing/print-json';
import { openCachedRun } from './cached-run';
import type { TaskOutput } from './define-firetask';
import { trackersOf } from './directory/trackers';
import { fly } from './flight/fly';
import type { LaunchResult } from './result/launch-result';
import { LiveLaunch } from './flight/live-launch';
import { firstCheckpoint } from './flight/prepare-flight';
import { createJobKeeper, NO_SURROUNDINGS } from './job/job-keeper';
import { failedAction, stackTraceOf } from './result/failure';
import { saveResult } from './result/save-result';
import {
  ROCKET_SETTINGS,
  type RocketOptions,
  type RocketOutcome,
  type RocketSettings,
} from './rocket-options';
import { retrying, unlessHurried } from './patience';
import { thisHost } from './this-host';

export const INHERITED: TaskOutput = { stdout: 1, writeStderr: (chunk) => void process.stderr.write(chunk) };

export async function launchRocket(options: RocketOptions): Promise<RocketOutcome> {
  const { logger } = options;
  logger.info('Launching Rocket');
  const outcome = await checkoutAndRun(expiringLocks(options));
  logger.info('Rocket finished');
  return outcome;
}

/** Who takes locks by force waits as long as others do, and then some: it happens while it waits. */
const FORCE_MS = 5000;

function expiringLocks(options: RocketOptions): RocketOptions {
  const { killsLocks, lockWaitMs } = { ...ROCKET_SETTINGS, ...options.settings };
  if (!killsLocks) return options;
  const { store, logger, settings } = options;
  const expiry = { afterMs: lockWaitMs, note: (message: string) => logger.warn(message) };
  return {
    ...options,
    store: withExpiringLocks(store, expiry),
    settings: { ...settings, lockWaitMs: lockWaitMs + FORCE_MS },
  };
}

async function checkoutAndRun(options: RocketOptions): Promise<RocketOutcome> {
  const { store, worker, registry, logger, signal, hurry, fwId, now = () => new Date() } = options;
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
    dupeFinders: registry.dupeFinders,
    unknownIn: registry.unknownIn,
    trackersOf: usableTrackers,
    firstCheckpoint,
    note: (message) => logger.info(message),
    patiently: (work) => retrying(work, { forMs: settings.retryForMs, logger, hurry }),
    ...(fwId === undefined ? {} : { fwId }),
    claimed: options.claimed,
  });
  if (!checkedOut) {
    logger.info(`No FireWorks are ready to run and match query! ${toJsonLine(workerQuery(worker))}`);
    return { kind: 'nothing' };
  }
  return run(checkedOut, options, settings, launchDir, now);
}

async function run(
  { firework, launch, run: ids, noted }: CheckedOut,
  { store, worker, registry, logger, signal, output = INHERITED, hurry, ...options }: RocketOptions,
  settings: RocketSettings,
  launchDir: string,
  now: () => Date,
): Promise<RocketOutcome> {
  const live = new LiveLaunch({
    store,
    launch,
    logger,
    now,
    pingEveryMs: settings.pingEveryMs,
    patience: { forMs: settings.retryForMs, logger, hurry },
    noted,
  });
  const { surroundings = NO_SURROUNDINGS } = options;
  const job = createJobKeeper({ ids, surroundings, logger, now, store });
  let result: LaunchResult;
  options.onRunning?.(idsOf(launch));
  live.startHeartbeat();
  const cached = await openCachedRun(firework, { store, logger, now });
  const { multiprocessName } = options;
  const outside = { store, worker, registry, logger, signal, output, hurry, job, settings };
  try {
    result = cached.result ?? (await fly({ ...outside, firework, live, launchDir, multiprocessName }));
  } finally {
    live.stopHeartbeat();
  }
  await unlessHurried(job.end(result, now()), hurry).catch(() => undefined);
  // As FireWorks: one last sign of life, with the trackers' last lines; it is written with the end.
  if (!hurry?.aborted) await unlessHurried(live.touch(), hurry).catch(() => undefined);
  const save = ({ state, action }: LaunchResult): Promise<boolean> => {
    const { lockWaitMs, retryForMs } = settings;
    const end = { launch: live.launch, state, action, endedOn: now(), now, lockWaitMs };
    const onSaved = (outcome: CompleteOutcome): Promise<void> => cached.remember(end, outcome);
    return saveResult({ store, end, launchDir: live.launch.launchDir, logger, retryForMs, hurry, onSaved });
  };
  let saved: boolean;
  try {
    saved = await save(result);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    // The Firetasks ran, but their result cannot be used.
    logger.error(stackTraceOf(error));
    result = { state: 'FIZZLED', action: failedAction(error, null) };
    await unlessHurried(job.end(result, now()), hurry).catch(() => undefined);
    saved = await save(result);
  } finally {
    options.onRunning?.(undefined);
  }
  const { cachedFrom } = cached;
  const source = cachedFrom === undefined ? {} : { cachedFrom };
  return { kind: 'ran', ...idsOf(live.launch), state: result.state, saved, ...source };
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
