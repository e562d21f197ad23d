/** The graph of a workflow as a planner lets it grow: what was there is shared, and only what changed is in the patch. */
import type { Links } from '../model';
import { ABSENT, change, type FieldChange } from '../patch';
import { childrenOf, parentsByChild } from '../workflow-graph';

export interface GraphDraft {
  readonly childrenOf: (node: number) => readonly number[];
  readonly parentsOf: (node: number) => readonly number[];
  readonly has: (node: number) => boolean;
  /** As drafted. */
  readonly links: () => Links;
  readonly addNode: (node: number) => void;
  /** Behind those that it has. */
  readonly addChildren: (node: number, children: readonly number[]) => void;
  /** They are no members any more, and nobody's children. */
  readonly remove: (nodes: ReadonlySet<number>) => void;
  /** Of the workflow document. */
  readonly changes: () => readonly FieldChange[];
}

export function createGraphDraft(original: Links): GraphDraft {
  const originalParents = parentsByChild(original);
  const children = new Map<number, readonly number[]>();
  const parents = new Map<number, readonly number[]>();
  const removed = new Set<number>();
  const below = (node: number): readonly number[] => children.get(node) ?? childrenOf(original, node);
  const above = (node: number): readonly number[] => parents.get(node) ?? originalParents.get(node) ?? [];
  return {
    childrenOf: below,
    parentsOf: above,
    has: (node) => !removed.has(node) && (original.has(node) || children.has(node)),
    links: () => {
      if (children.size + removed.size === 0) return original;
      return new Map([...original, ...children].filter(([node]) => !removed.has(node)));
    },
    addNode: (node) => {
      children.set(node, []);
    },
    addChildren: (node, more) => {
      children.set(node, [...below(node), ...more]);
      for (const child of more) parents.set(child, [...above(child), node]);
    },
    remove: (nodes) => {
      const stay = (one: number): boolean => !nodes.has(one);
      for (const node of nodes) {
        for (const parent of above(node)) if (stay(parent)) children.set(parent, below(parent).filter(stay));
        for (const child of below(node)) if (stay(child)) parents.set(child, above(child).filter(stay));
      }
      for (const node of nodes) {
        removed.add(node);
        children.delete(node);
        parents.delete(node);
      }
    },
    changes: () => [
      ...[...children].map(([node, after]) =>
        change(['links', String(node)], original.get(node) ?? ABSENT, after),
      ),
      ...[...parents].map(([node, after]) =>
        // Roots have no entry.
        change(
          ['parentLinks', String(node)],
          originalParents.get(node) ?? ABSENT,
          after.length > 0 ? after : ABSENT,
        ),
      ),
      ...[...removed].flatMap((node) => [
        change(['links', String(node)], original.get(node) ?? [], ABSENT),
        ...(originalParents.has(node)
          ? [change(['parentLinks', String(node)], originalParents.get(node), ABSENT)]
          : []),
      ]),
    ],
  };
}
