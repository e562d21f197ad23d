/** `rlaunch rapidfire`. */
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import { rapidfireOffline } from '../../rocket/offline/offline-rapidfire';
import { rapidfire } from '../../rocket/rapidfire';
import type { RapidfireArgs } from '../commands/rlaunch-rapidfire';
import type { CommandContext } from '../program/define-command';
import { withOfflineRocket, withRocket } from './rlaunch-surroundings';

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
    await rapidfire({
      ...options,
      folder: context.io.cwd,
      nlaunches,
      maxLoops,
      // FireWorks reads 0 as unset.
      sleepSecs: sleep === undefined || sleep === 0 ? config.RAPIDFIRE_SLEEP_SECS : sleep,
      localRedirect,
      ...(timeout === undefined ? {} : { timeoutSecs: timeout }),
    });
    return EXIT.ok;
  });
}

function readLaunches(text: string): number | 'infinite' {
  if (text === 'infinite' || text === '-1') return 'infinite';
  if (/^\d+$/.test(text)) return Number(text);
  throw new LpadError('USAGE', `--nlaunches is a number or infinite, not "${text}"`);
}
