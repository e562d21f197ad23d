/** Fireworks of a selection as items, in as much detail as `-d` asks for. */
import { describeFireworks, type DescribedFirework } from '../../../launchpad/show/describe-fireworks';
import type { FireworkSelection, LaunchPadStore } from '../../../storage/launchpad-store';
import { allItem, lessItem, moreItem } from './firework-items';

export async function* fireworkItems(
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

/** Few of them, as a list of items, or as what `-d ids` and `-d count` make of them. */
export async function fireworksAs(
  store: LaunchPadStore,
  ids: readonly number[],
  format: 'all' | 'more' | 'less' | 'reservations' | 'ids' | 'count' | 'none',
): Promise<unknown> {
  if (format === 'count') return ids.length;
  if (format === 'ids' || format === 'none') return ids;
  const items: unknown[] = [];
  for await (const item of fireworkItems(store, { ids }, format)) items.push(item);
  return items;
}
