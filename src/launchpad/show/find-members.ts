/** The Fireworks of workflows, without reading the graphs. */
import type { Query, LaunchPadStore, WorkflowSelection } from '../../storage/launchpad-store';

/** Ids of all members of the workflows of a selection, which has no order and no limit. */
export async function findMembers(
  store: LaunchPadStore,
  { members, where }: Pick<WorkflowSelection, 'members' | 'where'>,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const query of queriesOf(members, where)) {
    const request = { collection: 'workflows', where: query, fields: ['nodes'] } as const;
    for await (const { nodes } of store.readFields(request)) {
      for (const node of Array.isArray(nodes) ? nodes : []) found.add(Number(node));
    }
  }
  return found;
}

/** So many ids stay well below the size that a query may have. */
const CHUNK = 100_000;

function queriesOf(members: readonly number[] | undefined, where: Query = {}): readonly Query[] {
  if (!members) return [where];
  const queries: Query[] = [];
  for (let start = 0; start < members.length; start += CHUNK) {
    queries.push({ $and: [{ nodes: { $in: members.slice(start, start + CHUNK) } }, where] });
  }
  return queries;
}
