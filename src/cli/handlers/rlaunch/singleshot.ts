/** `rlaunch singleshot`. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { launchOffline } from '../../../rocket/offline/offline-rocket';
import { launchRocket } from '../../../rocket/rocket';
import type { SingleshotArgs } from '../../commands/rlaunch/singleshot';
import type { CommandContext } from '../../program/define-command';
import { withOfflineRocket, withRocket } from './surroundings';

export async function run({ fwId, offline }: SingleshotArgs, context: CommandContext): Promise<ExitStatus> {
  if (offline) return runOffline(context);
  return withRocket(context, async ({ options }) => {
    // FireWorks reads 0 as none.
    const one = fwId === undefined || fwId === 0 ? {} : { fwId };
    await launchRocket({ ...options, ...one, launchDir: context.io.cwd });
    return EXIT.ok;
  });
}

/** FireWorks' qlaunch adds --fw_id to the command: the directory says which Firework it is. */
async function runOffline(context: CommandContext): Promise<ExitStatus> {
  return withOfflineRocket(context, async ({ options }) => {
    const outcome = await launchOffline({ ...options, launchDir: context.io.cwd });
    if (outcome.kind === 'ran') return EXIT.ok;
    throw new LpadError('LOCKED', `this offline run is under way already, by ${outcome.by}`);
  });
}
