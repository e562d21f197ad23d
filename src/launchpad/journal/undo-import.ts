/** Takes an import back: its workflows are deleted, but for those that something has happened to since. */
import type { Firework } from '../../domain/model';
import { timestampMillis } from '../../domain/timestamps';
import type { JournalEntry, LaunchPadStore, Membership } from '../../storage/launchpad-store';
import { deleteWorkflows } from '../remove/delete-workflows';
import type { RunContext } from '../run-context';
import type { ImportedDetails } from './import-entry';
import type { FireworkUndo, UndoReport, UndoRequest } from './undo-report';

export async function undoImport(
  store: LaunchPadStore,
  { createdOn }: JournalEntry,
  { workflows }: ImportedDetails,
  { dryRun, lockWaitMs }: Pick<UndoRequest, 'dryRun' | 'lockWaitMs'>,
  context: RunContext,
): Promise<UndoReport> {
  const keys = new Set(workflows.map(([key]) => key));
  const found = await store.findMemberships(workflows.map(([, member]) => member));
  const memberships = found.filter(({ workflowKey }) => keys.has(workflowKey));
  const { members, moved } = await membersOf(store, memberships, createdOn);
  // What is in an export was changed before it; what has a later date was changed here.
  const where = { updated_on: { $lt: createdOn } };
  const wait = lockWaitMs === undefined ? {} : { lockWaitMs };
  const { untouched, touched } = await divide(store, memberships, where, moved);
  const report = await deleteWorkflows(store, { memberships: untouched, where, dryRun, ...wait }, context);
  const fireworks: FireworkUndo[] = [];
  for (const { fwId, outcome, reason, fwIds } of report.outcomes) {
    if (outcome === 'deleted') fireworks.push(...fwIds.map((id) => gone(id, members.get(id))));
    else fireworks.push(left(fwId, members.get(fwId), reason ?? 'its workflow has changed since'));
  }
  for (const {
    members: [fwId = 0],
  } of touched)
    fireworks.push(left(fwId, members.get(fwId), 'its workflow has changed since it was imported'));
  const there = new Set(memberships.map(({ workflowKey }) => workflowKey));
  for (const [key, member] of workflows)
    if (!there.has(key)) fireworks.push(left(member, undefined, 'its workflow was deleted'));
  fireworks.sort((one, other) => one.fwId - other.fwId);
  const { journalId } = report;
  return { ...(journalId === undefined ? {} : { journalId }), fireworks };
}

async function divide(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  where: Readonly<Record<string, unknown>>,
  moved: ReadonlySet<string>,
): Promise<{ readonly untouched: readonly Membership[]; readonly touched: readonly Membership[] }> {
  const still = new Set<string>();
  const members = memberships.flatMap((one) => one.members);
  if (members.length > 0)
    for await (const { key } of store.findWorkflows({ members, where })) if (!moved.has(key)) still.add(key);
  return {
    untouched: memberships.filter(({ workflowKey }) => still.has(workflowKey)),
    touched: memberships.filter(({ workflowKey }) => !still.has(workflowKey)),
  };
}

interface Members {
  readonly members: ReadonlyMap<number, Firework>;
  /** Keys of workflows with a member that has changed: a pause moves the date of its Firework alone. */
  readonly moved: ReadonlySet<string>;
}

async function membersOf(
  store: LaunchPadStore,
  memberships: readonly Membership[],
  since: Date,
): Promise<Members> {
  const members = new Map<number, Firework>();
  const moved = new Set<string>();
  const asked = memberships.flatMap((one) => one.members);
  if (asked.length === 0) return { members, moved };
  const homes = new Map<number, string>();
  for await (const { key, nodes } of store.findWorkflows({ members: asked })) {
    for (const node of nodes) homes.set(node, key);
  }
  for await (const one of store.findFireworks({ ids: [...homes.keys()] }, 'summary')) {
    members.set(one.fwId, one);
    const key = homes.get(one.fwId);
    if (key !== undefined && timestampMillis(one.updatedOn) >= since.getTime()) moved.add(key);
  }
  return { members, moved };
}

function gone(fwId: number, firework: Firework | undefined): FireworkUndo {
  return { fwId, name: firework?.name ?? '', outcome: 'restored', from: firework?.state, to: undefined };
}

function left(fwId: number, firework: Firework | undefined, reason: string): FireworkUndo {
  const state = firework?.state;
  return { fwId, name: firework?.name ?? '', outcome: 'moved on', from: state, to: state, reason };
}
