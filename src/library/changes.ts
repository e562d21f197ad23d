/** What is done to Fireworks and Workflows, for programs: as the commands of `lpad` do it, dry run and journal included. */
import type { ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { findTargets } from '../launchpad/change/find-targets';
import { findWorkflowTargets, membershipsOf } from '../launchpad/change/find-workflow-targets';
import { controlFireworks, type ControlEvent } from '../launchpad/control/control-fireworks';
import type { ControlReport, FireworkOutcome, WorkflowOutcome } from '../launchpad/control/control-report';
import { controlWorkflows } from '../launchpad/control/control-workflows';
import { editFireworks, priorityEdit, type EditRequest } from '../launchpad/control/edit-fireworks';
import { deleteWorkflows, failedDeletion, type DeleteOutcome } from '../launchpad/remove/delete-workflows';
import { createRunContext, type RunContext } from '../launchpad/run-context';
import { readMongoUpdate, readSpecUpdate } from '../specs/updates/parse-update';
import type { FireworkSelection, LaunchPadStore, WorkflowSelection } from '../storage/launchpad-store';

/** How a change is made. */
export interface ChangeWishes {
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Ends the work after the batch in hand. */
  readonly signal?: AbortSignal;
  /** How many targets have an outcome. */
  readonly onProgress?: (done: number) => void;
}

export interface UpdateWishes extends ChangeWishes {
  /** The update is one of MongoDB, of `spec` and `name`: `{ $inc: { 'spec.tries': 1 } }`. */
  readonly mongo?: boolean;
}

export interface DefuseWishes extends ChangeWishes {
  /** Also members that are COMPLETED or FIZZLED, and those under way. */
  readonly allStates?: boolean;
}

/** A workflow that was deleted, or why not. */
export interface DeletedWorkflow extends Pick<
  DeleteOutcome,
  'fwId' | 'outcome' | 'reason' | 'name' | 'fwIds'
> {
  /** Fireworks that some process may be working on: none is stopped. */
  readonly underWay: readonly number[];
  /** They stay where they are. */
  readonly launchDirs: readonly string[];
}

export interface DeletionReport {
  /** For {@link LaunchPad.undo}; undefined when nothing was written. */
  readonly journalId?: string;
  readonly workflows: readonly DeletedWorkflow[];
  readonly interrupted: boolean;
}

export function contextOf(operation: string): RunContext {
  return createRunContext({ operation, commandLine: [`lpad library: ${operation}`] });
}

/** Whoever forgets a condition must not change everything. */
export function requireSelection(selection: FireworkSelection | WorkflowSelection): void {
  const conditions = ['ids', 'where', 'activeLaunch', 'failedWith', 'members'] as const;
  if (conditions.some((name) => name in selection && selection[name as keyof typeof selection] !== undefined))
    return;
  const which = 'ids, where, activeLaunch or failedWith for Fireworks, members or where for Workflows';
  throw new LpadError('BAD_SELECTOR', `nothing is selected: say which by ${which}`);
}

export function modeOf({ dryRun = false, signal, onProgress }: ChangeWishes): {
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
} {
  return { dryRun, ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
}

/** What the commands note in the journal. */
const OPERATIONS: Readonly<Record<ControlEvent, string>> = {
  PAUSE: 'pause',
  RESUME: 'resume',
  DEFUSE: 'defuse',
  REIGNITE: 'reignite',
  ARCHIVE: 'archive',
};

export async function changeStates(
  store: LaunchPadStore,
  event: ControlEvent,
  selection: FireworkSelection,
  wishes: ChangeWishes,
): Promise<ControlReport<FireworkOutcome>> {
  requireSelection(selection);
  const targets = await findTargets(store, selection);
  const request = { targets, selection, event, ...modeOf(wishes) };
  return controlFireworks(store, request, contextOf(OPERATIONS[event]));
}

export async function changeWorkflowStates(
  store: LaunchPadStore,
  event: ControlEvent,
  selection: WorkflowSelection,
  { allStates = false, ...wishes }: DefuseWishes,
): Promise<ControlReport<WorkflowOutcome>> {
  requireSelection(selection);
  const targets = await findWorkflowTargets(store, selection);
  const request = { targets, selection, event, allStates, ...modeOf(wishes) };
  return controlWorkflows(store, request, contextOf(`${OPERATIONS[event]} workflows`));
}

export async function changePriority(
  store: LaunchPadStore,
  selection: FireworkSelection,
  priority: number,
  wishes: ChangeWishes,
): Promise<ControlReport<FireworkOutcome>> {
  if (!Number.isFinite(priority)) throw new LpadError('USAGE', `${String(priority)} is no priority`);
  return edit(store, 'set_priority', selection, priorityEdit(priority), wishes);
}

export async function changeSpecs(
  store: LaunchPadStore,
  selection: FireworkSelection,
  update: ValueObject,
  { mongo = false, ...wishes }: UpdateWishes,
): Promise<ControlReport<FireworkOutcome>> {
  const read = mongo ? readMongoUpdate(update) : readSpecUpdate(update);
  return edit(store, 'update', selection, { edit: { ...read, anyState: false }, fields: 'all' }, wishes);
}

async function edit(
  store: LaunchPadStore,
  operation: string,
  selection: FireworkSelection,
  request: EditRequest,
  wishes: ChangeWishes,
): Promise<ControlReport<FireworkOutcome>> {
  requireSelection(selection);
  const targets = await findTargets(store, selection);
  return editFireworks(store, { targets, selection, ...request, ...modeOf(wishes) }, contextOf(operation));
}

export async function removeWorkflows(
  store: LaunchPadStore,
  selection: WorkflowSelection,
  wishes: ChangeWishes,
): Promise<DeletionReport> {
  requireSelection(selection);
  const { found, unknown } = await findWorkflowTargets(store, selection);
  const { where } = selection;
  const request = { memberships: membershipsOf(found), ...(where ? { where } : {}), ...modeOf(wishes) };
  const { outcomes, ...report } = await deleteWorkflows(store, request, contextOf('delete'));
  const missing = unknown.map((id) => failedDeletion(id, 'failed', `no workflow has Firework ${String(id)}`));
  return { ...report, workflows: [...outcomes, ...missing].map(deletedOf) };
}

function deletedOf({ launches, ...one }: DeleteOutcome): DeletedWorkflow {
  const launchDirs = launches
    .map(({ document }) => document['launchDir'])
    .filter((dir) => typeof dir === 'string');
  return { ...one, launchDirs };
}
