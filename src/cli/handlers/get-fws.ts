/** `lpad get_fws`: what a selection matches, in as much detail as asked for. */
import { EXIT, type ExitStatus } from '../../errors';
import type { GetFwsArgs } from '../commands/get-fws';
import type { CommandContext } from '../program/define-command';
import { fireworkItems } from '../output/list-fireworks';
import { printItems, printValue } from '../output/json';
import { toFireworkSelection } from '../options/selectors';
import { withReservation } from './reservation';

export async function run(args: GetFwsArgs, { io, globals, openStore }: CommandContext): Promise<ExitStatus> {
  const asked = toFireworkSelection(args);
  const store = await openStore();
  const selection = await withReservation(store, asked, args.qid);
  if (args.displayFormat === 'count') await printValue(io, await store.countFireworks(selection), globals);
  else if (args.displayFormat === 'ids')
    await printItems(io, await store.findFireworkIds(selection), globals);
  else await printItems(io, fireworkItems(store, selection, args.displayFormat), globals);
  return EXIT.ok;
}
