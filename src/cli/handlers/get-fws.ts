/** `lpad get_fws`: what a selection matches, in as much detail as asked for. */
import { EXIT, type ExitStatus } from '../../errors';
import { onlyLatest } from '../../launchpad/restart/find-latest';
import type { GetFwsArgs } from '../commands/get-fws';
import type { CommandContext } from '../program/define-command';
import { toFireworkSelection } from '../options/selectors';
import { printFireworks } from './look/print-fireworks';
import { withReservation } from './reservation';

export async function run(args: GetFwsArgs, { io, globals, openStore }: CommandContext): Promise<ExitStatus> {
  const asked = toFireworkSelection(args);
  const store = await openStore();
  const selection = await onlyLatest(store, await withReservation(store, asked, args.qid), args.latest);
  await printFireworks(io, { store, selection, format: args.displayFormat }, globals);
  return EXIT.ok;
}
