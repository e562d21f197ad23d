/** `rlaunch singleshot`. */
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import { launchRocket } from '../../rocket/rocket';
import type { SingleshotArgs } from '../commands/rlaunch-singleshot';
import type { CommandContext } from '../program/define-command';
import { withRocket } from './rlaunch-surroundings';

export async function run({ fwId, offline }: SingleshotArgs, context: CommandContext): Promise<ExitStatus> {
  if (offline) {
    throw new LpadError('USAGE', '--offline is not there yet', {
      hint: "for offline runs use FireWorks' own rlaunch (Python)",
    });
  }
  return withRocket(context, async ({ options }) => {
    // FireWorks reads 0 as none.
    const one = fwId === undefined || fwId === 0 ? {} : { fwId };
    await launchRocket({ ...options, ...one, launchDir: context.io.cwd });
    return EXIT.ok;
  });
}
