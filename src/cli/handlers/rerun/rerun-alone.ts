/** `lpad rerun_fws --as-new`: each selected Firework alone, with what it was given when it was first run, as a Workflow of its own. */
import type { ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import { onlyLatest } from '../../../launchpad/restart/find-latest';
import type { RerunFwsArgs } from '../../commands/rerun/rerun-fws';
import { toNewRunWishes } from '../../options/new-run-wishes';
import { toFireworkSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';
import { startAndFollow } from './start-and-follow';

export async function runAlone(args: RerunFwsArgs, context: CommandContext): Promise<ExitStatus> {
  const asked = toFireworkSelection(args);
  const wishes = toNewRunWishes(args);
  const store = await context.openStore();
  const selection = await onlyLatest(store, asked, args.latest);
  const { ids, unknown } = await findTargets(store, selection);
  const ways = [...ids, ...unknown].map((fwId) => ({ fwId, way: { kind: 'alone' as const, fwId } }));
  return startAndFollow(args, { ways, wishes, what: 'Fireworks' }, store, context);
}
