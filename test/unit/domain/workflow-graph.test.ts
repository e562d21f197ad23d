import fc from 'fast-check';
import {
  createLinks,
  findCycle,
  parentsByChild,
  rootsOf,
  topologicalOrder,
  withDescendants,
} from '../../../src/domain/workflow-graph';

const edgesAmong = (nodes: number): fc.Arbitrary<[number, number][]> =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: nodes }), fc.integer({ min: 1, max: nodes })), {
    maxLength: 30,
  });

const NODES = Array.from({ length: 10 }, (_, index) => index + 1);

describe('a graph of Fireworks', () => {
  it('knows roots, parents and descendants', () => {
    const links = createLinks(
      [1, 2, 3, 4],
      [
        [1, 2],
        [2, 3],
      ],
    );
    expect(rootsOf(links)).toEqual([1, 4]);
    expect(parentsByChild(links)).toEqual(
      new Map([
        [2, [1]],
        [3, [2]],
      ]),
    );
    expect([...withDescendants(links, [2])]).toEqual([2, 3]);
  });

  it('is sorted so that every node comes after its parents', () => {
    fc.assert(
      fc.property(edgesAmong(10), (edges) => {
        const forward = edges
          .filter(([from, to]) => from !== to)
          .map(([from, to]) => [Math.min(from, to), Math.max(from, to)] as const);
        const order = topologicalOrder(createLinks([...NODES].reverse(), forward));
        expect([...order].sort((one, other) => one - other)).toEqual(NODES);
        for (const [from, to] of forward) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
      }),
    );
  });

  it('finds a cycle exactly when there is one, and names it in order', () => {
    fc.assert(
      fc.property(edgesAmong(6), (edges) => {
        const links = createLinks(NODES.slice(0, 6), edges);
        const cycle = findCycle(links);
        // A node is in a cycle when it is below one of its own children.
        const cyclic = NODES.slice(0, 6).some((node) =>
          withDescendants(links, links.get(node) ?? []).has(node),
        );
        expect(cycle !== undefined).toBe(cyclic);
        if (!cycle) return;
        expect(cycle.length).toBeGreaterThan(1);
        expect(cycle[0]).toBe(cycle.at(-1));
        cycle.slice(1).forEach((node, index) => expect(links.get(cycle[index] ?? 0)).toContain(node));
      }),
    );
  });

  it('takes 200,000 nodes in a row without a stack', () => {
    const nodes = Array.from({ length: 200_000 }, (_, index) => index);
    const links = createLinks(
      nodes,
      nodes.slice(1).map((node) => [node - 1, node] as const),
    );
    expect(withDescendants(links, [0]).size).toBe(200_000);
    expect(topologicalOrder(links).at(-1)).toBe(199_999);
    expect(findCycle(links)).toBeUndefined();
  });
});
