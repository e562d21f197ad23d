/** What is due, by time; what is due at the same moment, in the order in which it was put there. */
export class Agenda<Item> {
  readonly #entries: { readonly at: number; readonly item: Item }[] = [];

  get size(): number {
    return this.#entries.length;
  }

  get items(): readonly Item[] {
    return this.#entries.map(({ item }) => item);
  }

  put(at: number, item: Item): void {
    const behind = this.#entries.findLastIndex((one) => one.at <= at);
    this.#entries.splice(behind + 1, 0, { at, item });
  }

  /** The next one that is due by then. */
  take(until: number): { readonly at: number; readonly item: Item } | undefined {
    const first = this.#entries[0];
    return first && first.at <= until ? this.#entries.shift() : undefined;
  }
}
