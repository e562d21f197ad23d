/** The Fireworks of a selection, in as much detail as `-d` asks for. */
import { describeFireworks, type DescribedFirework } from '../../../launchpad/show/describe-fireworks';
import type { FireworkSelection, LaunchPadStore } from '../../../storage/launchpad-store';
import type { Io } from '../../io';
import { allItem, lessItem, moreItem } from '../../output/firework-items';
import { printItems, printValue, type Printing } from '../../output/json';

export type FireworkFormat = 'all' | 'more' | 'less' | 'ids' | 'count' | 'reservations';

export interface FireworksToPrint {
  readonly store: LaunchPadStore;
  readonly selection: FireworkSelection;
  readonly format: FireworkFormat;
}

export async function printFireworks(
  io: Io,
  { store, selection, format }: FireworksToPrint,
  printing: Printing,
): Promise<void> {
  if (format === 'count') await printValue(io, await store.countFireworks(selection), printing);
  else if (format === 'ids') await printItems(io, await store.findFireworkIds(selection), printing);
  else await printItems(io, itemsOf(store, selection, format), printing);
}

async function* itemsOf(
  store: LaunchPadStore,
  selection: FireworkSelection,
  format: Exclude<FireworkFormat, 'ids' | 'count'>,
): AsyncIterable<unknown> {
  if (format === 'less') {
    for await (const firework of store.findFireworks(selection, 'summary')) yield lessItem(firework);
    return;
  }
  const toItem: (described: DescribedFirework) => unknown = format === 'more' ? moreItem : allItem;
  const detail = format === 'more' ? 'launches' : 'spec';
  for await (const described of describeFireworks(store, selection, detail)) yield toItem(described);
}
