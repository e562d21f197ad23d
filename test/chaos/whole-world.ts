/** All that a store holds about workflows, and whether it fits together. */
import type { Firework, Launch, Workflow } from '../../src/domain/model';
import type { LaunchRecord } from '../../src/domain/launch-record';
import type { Quarantine } from '../../src/domain/recovery/night';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';

export interface Whole {
  readonly fireworks: readonly Firework[];
  readonly workflows: readonly Workflow[];
  readonly launches: readonly Launch[];
  readonly records: readonly LaunchRecord[];
  readonly quarantines: readonly Quarantine[];
}

export async function readWhole(store: LaunchPadStore): Promise<Whole> {
  const launches = await all(store.queryLaunches({}, 'all'));
  return {
    fireworks: await all(store.findFireworks({}, 'all')),
    workflows: await all(store.findWorkflows({})),
    launches,
    records: await all(store.findLaunchRecords(launches.map(({ launchId }) => launchId))),
    quarantines: await all(store.findQuarantines()),
  };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const one of items) found.push(one);
  return found;
}

/** What belongs to these Fireworks, as text; equal for equal documents. */
export function textOf(whole: Whole, fwIds: readonly number[]): string {
  return JSON.stringify(partOf(whole, fwIds), (_, value: unknown) => plain(value));
}

/** The same without what differs from run to run: dates, keys of new workflows, ids in the journal. */
export function shapeOf(whole: Whole, fwIds: readonly number[]): string {
  return JSON.stringify(partOf(whole, fwIds), (name, value: unknown) =>
    RUN_TO_RUN.has(name) ? '*' : plain(value),
  );
}

/** MongoDB orders the fields of a document that comes with an upsert. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return [...(value as ReadonlyMap<unknown, unknown>)];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const RUN_TO_RUN = new Set(['createdOn', 'updatedOn', 'created_on', 'updated_on', 'key', 'journal_id']);

function partOf(whole: Whole, fwIds: readonly number[]): Whole {
  const own = new Set(fwIds);
  const isOwn = ({ fwId }: { readonly fwId: number }): boolean => own.has(fwId);
  return {
    fireworks: whole.fireworks.filter(isOwn),
    workflows: whole.workflows.filter(({ nodes }) => nodes.some((node) => own.has(node))),
    launches: whole.launches.filter(isOwn),
    records: whole.records.filter(isOwn),
    quarantines: whole.quarantines.filter(isOwn),
  };
}

/** What does not fit together: each Firework in one workflow, which notes its state, and each launch there that is listed. */
export function misfits({ fireworks, workflows, launches }: Whole): readonly string[] {
  const states = new Map(fireworks.map(({ fwId, state }) => [fwId, state]));
  const homes = new Map<number, number>();
  const wrong: string[] = [];
  for (const { key, nodes, links, fwStates } of workflows) {
    for (const node of nodes) {
      homes.set(node, (homes.get(node) ?? 0) + 1);
      if (!states.has(node)) wrong.push(`workflow ${key} lists Firework ${String(node)}, which is not there`);
      else if (fwStates.get(node) !== states.get(node))
        wrong.push(
          `Firework ${String(node)} is ${String(states.get(node))}, noted as ${String(fwStates.get(node))}`,
        );
    }
    const members = new Set(nodes);
    for (const child of [...links.values()].flat())
      if (!members.has(child)) wrong.push(`workflow ${key} links to ${String(child)}, which is no member`);
  }
  for (const fwId of states.keys())
    if (homes.get(fwId) !== 1)
      wrong.push(`Firework ${String(fwId)} is in ${String(homes.get(fwId) ?? 0)} workflows`);
  const there = new Set(launches.map(({ launchId }) => launchId));
  for (const { fwId, launches: active, archivedLaunches } of fireworks)
    for (const id of [...active, ...archivedLaunches])
      if (!there.has(id))
        wrong.push(`Firework ${String(fwId)} lists launch ${String(id)}, which is not there`);
  return wrong;
}
