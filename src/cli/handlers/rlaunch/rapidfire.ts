/** `rlaunch rapidfire`. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { rapidfireOffline } from '../../../rocket/offline/offline-rapidfire';
import { poolPlace, type PoolPlace } from '../../../rocket/multi/process-link';
import { rapidfire, type RapidfireOptions } from '../../../rocket/rapidfire';
import type { RocketLog } from '../../../rocket/define-firetask';
import type { FwConfig } from '../../../config/fw-config';
import type { RapidfireArgs } from '../../commands/rlaunch/rapidfire';
import type { CommandContext } from '../../program/define-command';
import { withOfflineRocket, withRocket } from './surroundings';

export async function run(args: RapidfireArgs, context: CommandContext): Promise<ExitStatus> {
  const { timeout, maxLoops, sleep, localRedirect } = args;
  const nlaunches = readLaunches(args.nlaunches);
  if (args.offline) {
    return withOfflineRocket(context, async ({ options, config }) => {
      const sleepSecs = sleep === undefined || sleep === 0 ? config.RAPIDFIRE_SLEEP_SECS : sleep;
      const wishes = { folder: context.io.cwd, nlaunches, maxLoops, sleepSecs };
      const outcome = await rapidfireOffline({
        ...options,
        ...wishes,
        ...(timeout === undefined ? {} : { timeoutSecs: timeout }),
      });
      if (outcome.launched === 0) context.say('No offline run is prepared here.');
      return EXIT.ok;
    });
  }
  return withRocket(context, async ({ options, config }) => {
    const place = poolPlace(context.io.env);
    await rapidfire({
      ...options,
      ...(place ? inPool(place, options.logger, config) : {}),
      folder: context.io.cwd,
      nlaunches,
      maxLoops,
      // FireWorks reads 0 as unset.
      sleepSecs: sleep === undefined || sleep === 0 ? config.RAPIDFIRE_SLEEP_SECS : sleep,
      localRedirect,
      ...(timeout === undefined ? {} : { timeoutSecs: timeout }),
    });
    if (place) options.logger.info(`Sub job finished : (${place.name})`);
    return EXIT.ok;
  });
}

type PoolWishes = Pick<RapidfireOptions, 'logger' | 'multiprocessName' | 'onRunning' | 'stop'>;

/** What makes one process of several: its name behind FireWorks' lines, and its line to the others. */
function inPool(place: PoolPlace, logger: RocketLog, config: FwConfig): PoolWishes {
  const { name, orphaned } = place;
  const isNamed = /^(Launching Rocket|Rocket finished|Sleeping for |Checking for FWs)/;
  return {
    logger: {
      debug: (message) => logger.debug(message),
      info: (message) => logger.info(isNamed.test(message) ? `${message} : (${name})` : message),
      warn: (message) => logger.warn(message),
      error: (message) => logger.error(message),
    },
    ...(config.STORE_PACKING_INFO ? { multiprocessName: name } : {}),
    onRunning: (running) => place.tell(running),
    stop: orphaned,
  };
}

export function readLaunches(text: string): number | 'infinite' {
  if (text === 'infinite' || text === '-1') return 'infinite';
  if (/^\d+$/.test(text)) return Number(text);
  throw new LpadError('USAGE', `--nlaunches is a number or infinite, not "${text}"`);
}
