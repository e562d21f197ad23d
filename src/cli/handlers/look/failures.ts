/** `lpad failures`: what is FIZZLED, grouped by error. */
import { EXIT, type ExitStatus } from '../../../errors';
import { clusterFailures } from '../../../launchpad/failures/cluster-failures';
import type { FailuresArgs } from '../../commands/look/failures';
import { writeOut } from '../../io';
import { toFireworkSelection } from '../../options/selectors';
import { counted } from '../../output/counted';
import { clusterLines, clustersJson } from '../../output/recovery/failure-clusters';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  args: FailuresArgs,
  { io, globals, openStore, say }: CommandContext,
): Promise<ExitStatus> {
  const selection = toFireworkSelection(args);
  const store = await openStore();
  const clusters = await clusterFailures(store, selection);
  if (globals.output === 'json' || globals.output === 'yaml') {
    await printValue(io, clustersJson(clusters), globals);
    return EXIT.ok;
  }
  await writeOut(io, clusters.flatMap(clusterLines).join(''));
  const fireworks = clusters.reduce((sum, { count }) => sum + count, 0);
  if (clusters.length === 0) say('Nothing that is selected is FIZZLED.');
  else say(`${counted(fireworks, 'Firework')} FIZZLED with ${counted(clusters.length, 'error')}.`);
  return EXIT.ok;
}
