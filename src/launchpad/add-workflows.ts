/** Adds workflows: all of them are read and checked before the first is stored. */
import type { Firework, Links, NewWorkflow } from '../domain/model';
import type { LaunchPadStore } from '../storage/launchpad-store';

export interface AddedWorkflow {
  readonly name: string;
  /** From the ids in the file to those in the database. */
  readonly idMap: ReadonlyMap<number, number>;
}

/** So many Fireworks go to the store at once. */
const MOST_FIREWORKS = 10_000;

/** Gives every Firework its id, in ascending order of the ids that the file uses, as FireWorks does. */
export async function addWorkflows(
  store: LaunchPadStore,
  drafts: readonly NewWorkflow[],
): Promise<readonly AddedWorkflow[]> {
  const total = drafts.reduce((sum, draft) => sum + draft.fireworks.length, 0);
  if (total === 0) return [];
  let nextId = await store.takeFireworkIds(total);
  const added: AddedWorkflow[] = [];
  let batch: NewWorkflow[] = [];
  let size = 0;
  for (const draft of drafts) {
    const idMap = assignIds(draft, nextId);
    nextId += idMap.size;
    added.push({ name: draft.name, idMap });
    batch.push(withIds(draft, idMap));
    size += idMap.size;
    if (size < MOST_FIREWORKS) continue;
    await store.addWorkflows(batch);
    batch = [];
    size = 0;
  }
  if (batch.length > 0) await store.addWorkflows(batch);
  return added;
}

function assignIds({ fireworks }: NewWorkflow, first: number): ReadonlyMap<number, number> {
  const ids = fireworks.map(({ fwId }) => fwId).sort((one, other) => one - other);
  return new Map(ids.map((id, index) => [id, first + index]));
}

function withIds(draft: NewWorkflow, idMap: ReadonlyMap<number, number>): NewWorkflow {
  const idOf = (id: number): number => idMap.get(id) ?? id;
  const fireworks = draft.fireworks.map((firework): Firework => ({ ...firework, fwId: idOf(firework.fwId) }));
  const links: Links = new Map([...draft.links].map(([from, to]) => [idOf(from), to.map(idOf)]));
  return { ...draft, fireworks, links };
}
