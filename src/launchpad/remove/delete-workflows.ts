/**
 * Deletes whole workflows, with their Fireworks and launches (FireWorks' `delete_wf`), under their locks. What is deleted is
 * in the journal first: until it is pruned from there, an undo brings it back.
 */
import { orphanKey, removal, type WorkflowPatch } from '../../domain/patch';
import type { LaunchPadStore, Membership, WorkflowSelection } from '../../storage/launchpad-store';
import type { WholeDocument } from '../../storage/whole-documents';
import { changeInBatches, type Change, type Mishap } from '../change/change-in-batches';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';
import { listedElsewhere, planRemovals, type Group, type Removal } from './removal-patches';

export interface DeleteRequest {
  readonly memberships: readonly Membership[];
  /** What they were selected by: asked again under the lock. */
  readonly where?: WorkflowSelection['where'];
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
  readonly lockWaitMs?: number;
}

export interface DeleteOutcome {
  /** The member by which it was selected. */
  readonly fwId: number;
  readonly outcome: 'deleted' | Mishap;
  readonly reason?: string;
  readonly name: string;
  readonly fwIds: readonly number[];
  /** With their folders. */
  readonly launches: readonly WholeDocument[];
  /** Fireworks that some process may be working on. */
  readonly underWay: readonly number[];
}

export interface DeleteReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly outcomes: readonly DeleteOutcome[];
  readonly interrupted: boolean;
}

export function failedDeletion(fwId: number, outcome: Mishap, reason: string): DeleteOutcome {
  return { fwId, outcome, reason, name: '', fwIds: [], launches: [], underWay: [] };
}

interface SelectedGroup extends Group {
  readonly asked: Membership;
}

export async function deleteWorkflows(
  store: LaunchPadStore,
  { memberships, where, ...request }: DeleteRequest,
  context: RunContext,
): Promise<DeleteReport> {
  if (!request.dryRun) await finishDeadOwners(store);
  const shared = new Set<number>();
  const change: Change<DeleteOutcome> = {
    recheck: async (_, mine) => {
      if (!where) return { wanted: mine, gone: [] };
      const still = new Set<string>();
      const members = mine.flatMap((one) => one.members);
      for await (const { key } of store.findWorkflows({ members, where })) still.add(key);
      const gone = mine.filter(({ workflowKey }) => !still.has(workflowKey));
      return {
        wanted: mine.filter(({ workflowKey }) => still.has(workflowKey)),
        gone: gone.flatMap((one) => one.members),
      };
    },
    mishap: failedDeletion,
    plan: async (_, held) => {
      const groups: SelectedGroup[] = [];
      const members = held.flatMap((one) => one.members);
      for await (const { key, nodes } of store.findWorkflows({ members })) {
        const asked = held.find(({ workflowKey }) => workflowKey === key);
        if (asked) groups.push({ workflowKey: key, fwIds: inOrder(nodes), asked });
      }
      const { removals, shared: more } = await planRemovals(store, groups);
      for (const launchId of more) shared.add(launchId);
      return removals.map((one) => planOf(one, (one.group as SelectedGroup).asked));
    },
  };
  const result = await changeInBatches({ store, change, request, context }, memberships);
  const outcomes = [...result.outcomes.values()];
  const last = request.dryRun ? undefined : await removeShared(store, [...shared], context);
  return {
    ...(result.committed > 0 ? { journalId: context.run } : {}),
    outcomes: last ? [...outcomes.slice(0, -1), ...withLaunches(outcomes.slice(-1), last)] : outcomes,
    interrupted: result.interrupted,
  };
}

function inOrder(ids: readonly number[]): readonly number[] {
  return [...ids].sort((one, other) => one - other);
}

function planOf(
  { group, changes, fireworks, launches }: Removal,
  { workflowKey, members: [fwId = 0] }: Membership,
): { readonly patch: WorkflowPatch; readonly outcomes: readonly DeleteOutcome[] } {
  const workflow = changes.find(({ collection }) => collection === 'workflows')?.fields[0]?.before;
  const name = (workflow as { readonly name?: unknown } | undefined)?.name;
  const underWay = fireworks.filter(({ document }) =>
    ['RUNNING', 'RESERVED'].includes(String(document['state'])),
  );
  const outcome: DeleteOutcome = {
    fwId,
    outcome: 'deleted',
    name: typeof name === 'string' ? name : '',
    fwIds: group.fwIds,
    launches,
    underWay: underWay.map(({ id }) => Number(id)),
  };
  return { patch: { workflowKey, changes }, outcomes: [outcome] };
}

function withLaunches(
  outcomes: readonly DeleteOutcome[],
  more: readonly WholeDocument[],
): readonly DeleteOutcome[] {
  return outcomes.map((one) => ({ ...one, launches: [...one.launches, ...more] }));
}

/** Launches that several of the workflows shared: gone with the last of them, unless one has stayed. */
async function removeShared(
  store: LaunchPadStore,
  launchIds: readonly number[],
  context: RunContext,
): Promise<readonly WholeDocument[] | undefined> {
  const listed = await listedElsewhere(store, launchIds);
  const free = launchIds.filter((launchId) => !listed.has(launchId));
  if (free.length === 0) return undefined;
  const documents: WholeDocument[] = [];
  for await (const one of store.findWholeDocuments({ workflows: [], fwIds: [], launchIds: free }))
    documents.push(one);
  const changes = documents.map(({ collection, id, document }) => removal(collection, id, document));
  const patch = { workflowKey: orphanKey(free[0] ?? 0), changes };
  const entry = createJournalEntry(context, LAST_ENTRY, [patch], {});
  await store.commitPatches(entry, createLockOwner(context));
  return documents.filter(({ collection }) => collection === 'launches');
}

/** Behind those of all batches. */
const LAST_ENTRY = 99_999;
