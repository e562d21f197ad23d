/** `lpad get_fws`: what a selection matches, in as much detail as asked for. */
import { EXIT, type ExitStatus } from '../../errors';
import { describeFireworks, type DescribedFirework } from '../../launchpad/show/describe-fireworks';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';
import type { GetFwsArgs } from '../commands/get-fws';
import type { CommandContext } from '../program/define-command';
import { allItem, lessItem, moreItem } from '../output/firework-items';
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
  else await printItems(io, itemsOf(store, selection, args.displayFormat), globals);
  return EXIT.ok;
}

async function* itemsOf(
  store: LaunchPadStore,
  selection: FireworkSelection,
  format: 'all' | 'more' | 'less' | 'reservations',
): AsyncIterable<unknown> {
  if (format === 'less') {
    for await (const firework of store.findFireworks(selection, 'summary')) yield lessItem(firework);
    return;
  }
  const toItem: (described: DescribedFirework) => unknown = format === 'more' ? moreItem : allItem;
  const detail = format === 'more' ? 'launches' : 'spec';
  for await (const described of describeFireworks(store, selection, detail)) yield toItem(described);
}
