/** `lpad get_fws_in_wflows`: Fireworks of the workflows that a selection matches. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findMembers } from '../../../launchpad/show/find-members';
import type { GetFwsInWflowsArgs } from '../../commands/look/get-fws-in-wflows';
import { toFireworkSelection, toWorkflowSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';
import { withReservation } from '../reservation';
import { printFireworks } from './print-fireworks';

export async function run(
  args: GetFwsInWflowsArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const workflows = toWorkflowSelection(
    { fwId: args.wfFwId, name: args.wfName, state: args.wfState, query: args.wfQuery },
    'wf',
  );
  const { fwFwId: fwId, fwName: name, fwState: state, fwQuery: query } = args;
  const asked = toFireworkSelection({ ...args, fwId, name, state, query }, 'fw');
  const store = await openStore();
  const members = await findMembers(store, workflows);
  const ids = asked.ids?.filter((id) => members.has(id)) ?? [...members];
  const selection = await withReservation(store, { ...asked, ids }, args.qid);
  await printFireworks(io, { store, selection, format: args.displayFormat }, globals);
  return EXIT.ok;
}
