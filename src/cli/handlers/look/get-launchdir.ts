/** `lpad get_launchdir`: where a Firework was launched. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import type { Launch } from '../../../domain/model';
import { describeFireworks } from '../../../launchpad/show/describe-fireworks';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { GetLaunchdirArgs } from '../../commands/look/get-launchdir';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  { fwId, launchIdx }: GetLaunchdirArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const store = await openStore();
  const launches = await launchesOf(store, fwId);
  const launch = launches.at(launchIdx);
  if (!launch && launches.length > 0) {
    const many = counted(launches.length, 'active launch', 'active launches');
    throw new LpadError('NOT_FOUND', `Firework ${fwId} has ${many}: there is no --launch_idx ${launchIdx}`, {
      hint: `--launch_idx from 0 to ${launches.length - 1}, or -1 for the last`,
    });
  }
  if (globals.output === 'json') await printValue(io, launch?.launchDir ?? null, globals);
  else await writeOut(io, `${launch?.launchDir ?? 'None'}\n`);
  return EXIT.ok;
}

async function launchesOf(store: LaunchPadStore, fwId: number): Promise<readonly Launch[]> {
  for await (const { launches } of describeFireworks(store, { ids: [fwId] }, 'launches')) {
    return launches.toSorted((one, other) => one.launchId - other.launchId);
  }
  throw new LpadError('NOT_FOUND', `there is no Firework ${fwId}`);
}
