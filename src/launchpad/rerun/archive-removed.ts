/** Fireworks that a rollback took out of their workflow come into one of their own, which is ARCHIVED. */
import { randomBytes } from 'node:crypto';
import type { Links, ValueObject } from '../../domain/model';
import { insertion, leavingMembers, workflowChangeOf, type WorkflowPatch } from '../../domain/patch';
import { createLinks, parentsByChild } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';

/** A rerun writes its batches from 0 on, and what it ends at 50,000 and 70,000. */
const FIRST_ENTRY = 90_000;

/** An undo takes these workflows away where it has brought their members back (undo-run.ts). */
export async function archiveRemoved(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
  context: RunContext,
  batch = 0,
): Promise<void> {
  if (patches.length === 0) return;
  const names = await namesOf(store, patches);
  const archives = patches.map((patch) => archiveOf(patch, names.get(patch.workflowKey) ?? '', context));
  const entry = createJournalEntry(context, FIRST_ENTRY + batch, archives, { rolled_back: archives.length });
  await store.commitPatches(entry, createLockOwner(context));
}

async function namesOf(
  store: LaunchPadStore,
  patches: readonly WorkflowPatch[],
): Promise<ReadonlyMap<string, string>> {
  const leaving = new Set(patches.flatMap(leavingMembers));
  const staying = patches.flatMap((patch) =>
    (workflowChangeOf(patch)?.fields ?? [])
      .filter(({ path }) => path[0] === 'links')
      .map(({ path }) => Number(path[1])),
  );
  const members = staying.filter((fwId) => !leaving.has(fwId));
  const names = new Map<string, string>();
  for await (const { key, name } of store.findWorkflows({ members })) names.set(key, name);
  return names;
}

function archiveOf(patch: WorkflowPatch, name: string, { now, run }: RunContext): WorkflowPatch {
  const nodes = leavingMembers(patch);
  const own = new Set(nodes);
  const before = new Map(
    (workflowChangeOf(patch)?.fields ?? [])
      .filter(({ path }) => path[0] === 'links')
      .map((field) => [Number(field.path[1]), field.before as readonly number[]]),
  );
  const edges = nodes.flatMap((node) =>
    (before.get(node) ?? []).filter((child) => own.has(child)).map((child) => [node, child] as const),
  );
  const links = createLinks(nodes, edges);
  const workflowKey = randomBytes(12).toString('hex');
  const document = {
    nodes,
    links: toStored(links),
    parentLinks: toStored(parentsByChild(links)),
    metadata: { rolled_back: { workflow: name, journal_id: run } },
    state: 'ARCHIVED',
    name: `${name} (rolled back)`,
    createdOn: now(),
    updatedOn: now(),
    fwStates: Object.fromEntries(nodes.map((node) => [String(node), 'ARCHIVED'])),
  };
  return { workflowKey, changes: [insertion('workflows', workflowKey, document)] };
}

function toStored(links: Links): ValueObject {
  return Object.fromEntries([...links].map(([node, others]) => [String(node), others]));
}
