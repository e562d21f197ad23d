/** A rocket without the database: it runs what a reservation has laid into the directory, and leaves the result there. */
import { emptyLaunch } from '../../domain/launch';
import type { Launch } from '../../domain/model';
import { isoTimestamp } from '../../domain/timestamps';
import { LpadError } from '../../errors';
import { plain } from '../../specs/plain-values';
import { launchWorker } from '../../launchpad/launches/worker-query';
import { fly } from '../flight/fly';
import { createJobKeeper, NO_SURROUNDINGS } from '../job/job-keeper';
import { unlessHurried } from '../patience';
import { INHERITED } from '../rocket';
import { ROCKET_SETTINGS, type RocketOptions } from '../rocket-options';
import { thisHost } from '../this-host';
import { lockDirectory } from './directory-lock';
import { readOfflineFile, readOfflineFirework } from './offline-files';
import { OfflineLaunch } from './offline-launch';

export type OfflineOptions = Omit<RocketOptions, 'store' | 'fwId'>;

export type OfflineOutcome =
  | { readonly kind: 'ran'; readonly fwId: number; readonly state: 'COMPLETED' | 'FIZZLED' }
  /** Somebody else was faster. */
  | { readonly kind: 'taken'; readonly by: string };

export async function launchOffline(options: OfflineOptions): Promise<OfflineOutcome> {
  const { launchDir, logger } = options;
  const release = await lockDirectory(launchDir);
  if (typeof release === 'string') return { kind: 'taken', by: release };
  try {
    logger.info('Launching Rocket');
    const outcome = await run(options);
    logger.info('Rocket finished');
    return outcome;
  } finally {
    await release();
  }
}

async function run(options: OfflineOptions): Promise<OfflineOutcome> {
  const { launchDir, worker, registry, logger, signal, hurry, output = INHERITED } = options;
  const { now = () => new Date(), surroundings = NO_SURROUNDINGS } = options;
  const settings = { ...ROCKET_SETTINGS, ...options.settings, writeFireworkFile: false };
  const content = await readOfflineFile(launchDir);
  if (content['fwaction'] !== undefined) {
    throw new LpadError('FAILED', `the offline run in ${launchDir} has ended already`, {
      hint: 'lpad recover_offline   (where the database can be reached)',
    });
  }
  const firework = await readOfflineFirework(launchDir, now());
  const unknown = registry.unknownIn(firework.spec);
  if (unknown.length > 0) {
    const names = unknown.join(', ');
    throw new LpadError(
      'FAILED',
      `Firework ${String(firework.fwId)} cannot be run here: unknown Firetask ${names}`,
    );
  }
  const launch = await offlineLaunch(options, Number(plain(content['launch_id'] ?? 0)), firework.fwId);
  const pingEveryMs = settings.pingEveryMs;
  const live = new OfflineLaunch({ launch, content, logger, now, pingEveryMs });
  await live.note({ started_on: isoTimestamp(now()) });
  live.startHeartbeat();
  const job = createJobKeeper({ ids: {}, surroundings, logger, now, store: undefined });
  const flight = { firework, live, store: undefined, worker, registry, logger, signal, output, hurry, job };
  const result = await fly({ ...flight, settings, launchDir }).finally(() => live.stopHeartbeat());
  await unlessHurried(job.end(result, now()), hurry).catch(() => undefined);
  await unlessHurried(live.ping(), hurry).catch(() => undefined);
  const { state, action } = result;
  await live.note({ fwaction: { ...action }, state, completed_on: isoTimestamp(now()) });
  return { kind: 'ran', fwId: firework.fwId, state };
}

/** As far as the directory tells; nobody writes it anywhere. */
async function offlineLaunch(
  { launchDir, worker }: OfflineOptions,
  launchId: number,
  fwId: number,
): Promise<Launch> {
  return emptyLaunch({ launchId, fwId, launchDir, fworker: launchWorker(worker), ...(await thisHost()) });
}
