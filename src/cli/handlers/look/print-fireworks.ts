/** The Fireworks of a selection, in as much detail as `-d` asks for. */
import type { FireworkSelection, LaunchPadStore } from '../../../storage/launchpad-store';
import type { Io } from '../../io';
import { printItems, printValue, type Printing } from '../../output/json';
import { fireworkItems } from '../../output/items/list-fireworks';

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
  else await printItems(io, fireworkItems(store, selection, format), printing);
}
