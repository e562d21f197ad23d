/** Questions about the graph of a workflow. Everything is a loop: workflows of 50,000 Fireworks in a row exist. */
import type { Links } from './model';

/** A list of pairs as links; every node gets an entry. */
export function createLinks(nodes: Iterable<number>, edges: Iterable<readonly [number, number]>): Links {
  const links = new Map<number, number[]>();
  for (const node of nodes) links.set(node, []);
  for (const [parent, child] of edges) {
    const children = links.get(parent);
    if (children) children.push(child);
    else links.set(parent, [child]);
  }
  return links;
}

export function childrenOf(links: Links, node: number): readonly number[] {
  return links.get(node) ?? [];
}

/** Parents of each node that has any. */
export function parentsByChild(links: Links): ReadonlyMap<number, readonly number[]> {
  const parents = new Map<number, number[]>();
  for (const [parent, children] of links) {
    for (const child of children) {
      const known = parents.get(child);
      if (known) known.push(parent);
      else parents.set(child, [parent]);
    }
  }
  return parents;
}

/** The lowest of these ids; 0 of none. */
export function lowestOf(ids: Iterable<number>): number {
  let lowest: number | undefined;
  for (const id of ids) if (lowest === undefined || id < lowest) lowest = id;
  return lowest ?? 0;
}

/** Nodes that are nobody's child, in the order of `links`. */
export function rootsOf(links: Links): readonly number[] {
  const parents = parentsByChild(links);
  return [...links.keys()].filter((node) => !parents.has(node));
}

/** These nodes and everything below them, each once. */
export function withDescendants(links: Links, starts: Iterable<number>): ReadonlySet<number> {
  const found = new Set(starts);
  // A Set is iterated in insertion order and visits what is added meanwhile: this is the whole breadth-first walk.
  for (const node of found) for (const child of childrenOf(links, node)) found.add(child);
  return found;
}

/** Kahn's algorithm: nodes after their parents, and those that are in a cycle or below one. */
function sortByParents(links: Links): { order: number[]; unsorted: ReadonlySet<number> } {
  const pending = new Map<number, number>();
  for (const node of links.keys()) pending.set(node, 0);
  for (const children of links.values()) {
    for (const child of children) pending.set(child, (pending.get(child) ?? 0) + 1);
  }
  const order: number[] = [];
  for (const [node, count] of pending) if (count === 0) order.push(node);
  for (const node of order) {
    for (const child of childrenOf(links, node)) {
      const left = (pending.get(child) ?? 0) - 1;
      pending.set(child, left);
      if (left === 0) order.push(child);
    }
    pending.delete(node);
  }
  return { order, unsorted: new Set(pending.keys()) };
}

/** Every node after its parents. The nodes of cycles, which stored workflows may have, come last. */
export function topologicalOrder(links: Links): readonly number[] {
  const { order, unsorted } = sortByParents(links);
  return [...order, ...unsorted];
}

/** The ids of one cycle in their order (`[1, 2, 1]`), or undefined when there is none. */
export function findCycle(links: Links): readonly number[] | undefined {
  const { unsorted } = sortByParents(links);
  const parents = parentsByChild(links);
  const trail: number[] = [];
  const placeInTrail = new Map<number, number>();
  // Every unsorted node has an unsorted parent, so that walking up must come back to where it has been.
  let node = unsorted.values().next().value;
  while (node !== undefined) {
    const place = placeInTrail.get(node);
    if (place !== undefined) return [...trail.slice(place), node].reverse();
    placeInTrail.set(node, trail.length);
    trail.push(node);
    node = parents.get(node)?.find((parent) => unsorted.has(parent));
  }
  return undefined;
}
