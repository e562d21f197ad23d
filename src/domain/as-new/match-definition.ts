/** A workflow file beside a recorded workflow: which Firework is which, by name and by what it depends on. */
import type { Firework, Links, NewWorkflow } from '../model';
import { parentsByChild } from '../workflow-graph';

export interface Graph {
  readonly fireworks: readonly Pick<Firework, 'fwId' | 'name' | 'spec'>[];
  readonly links: Links;
}

export type Match =
  | {
      readonly kind: 'matched';
      /** Those of the definition, by the ids of the recorded ones. */
      readonly fireworks: ReadonlyMap<number, Pick<Firework, 'name' | 'spec'>>;
    }
  | { readonly kind: 'mismatch'; readonly reason: string };

/** Of several of one name, the first is the first, in the order of their ids. */
export function matchDefinition(
  recorded: Graph,
  definition: Pick<NewWorkflow, 'fireworks' | 'links'>,
): Match {
  const [own, others] = [byName(recorded), byName(definition)];
  const reasons: string[] = [];
  for (const [name, list] of own) {
    const found = others.get(name)?.length ?? 0;
    if (found === 0) reasons.push(`it has no Firework ${name}`);
    else if (found !== list.length)
      reasons.push(`it has ${String(found)} Fireworks ${name}, the recorded workflow ${String(list.length)}`);
  }
  for (const name of others.keys())
    if (!own.has(name)) reasons.push(`the recorded workflow has no Firework ${name}`);
  if (reasons.length > 0) return { kind: 'mismatch', reason: reasons.join('; ') };
  const pairs = new Map(
    [...own].flatMap(([name, list]) =>
      list.flatMap((one, index) => {
        const other = others.get(name)?.[index];
        return other ? [[one, other] as const] : [];
      }),
    ),
  );
  const shape = findOtherShape(recorded, definition, pairs);
  if (shape !== undefined) return { kind: 'mismatch', reason: shape };
  const fireworks = new Map([...pairs].map(([one, other]) => [one.fwId, other]));
  return { kind: 'matched', fireworks };
}

type Node = Graph['fireworks'][number];

function byName({ fireworks }: Pick<Graph, 'fireworks'>): ReadonlyMap<string, readonly Node[]> {
  const found = new Map<string, Node[]>();
  for (const one of [...fireworks].sort((a, b) => a.fwId - b.fwId)) {
    const known = found.get(one.name);
    if (known) known.push(one);
    else found.set(one.name, [one]);
  }
  return found;
}

function findOtherShape(
  recorded: Graph,
  definition: Pick<NewWorkflow, 'links'>,
  pairs: ReadonlyMap<Node, Node>,
): string | undefined {
  const idOf = new Map([...pairs].map(([one, other]) => [other.fwId, one.fwId]));
  const nameOf = new Map(recorded.fireworks.map(({ fwId, name }) => [fwId, name]));
  const [parents, others] = [parentsByChild(recorded.links), parentsByChild(definition.links)];
  const named = (ids: readonly number[]): string =>
    ids.map((id) => nameOf.get(id) ?? String(id)).join(', ') || 'nobody';
  for (const [one, other] of pairs) {
    const was = sorted(parents.get(one.fwId) ?? []);
    const is = sorted((others.get(other.fwId) ?? []).map((id) => idOf.get(id) ?? id));
    if (was.join() !== is.join())
      return `${one.name} waits for ${named(is)} in it, and for ${named(was)} in the recorded workflow`;
  }
  return undefined;
}

function sorted(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].sort((one, other) => one - other);
}
