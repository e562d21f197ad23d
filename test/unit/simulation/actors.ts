/** Who works on the database of a simulation: commands and rockets of ours, and Python's. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createAction, type FWActionParts } from '../../../src/domain/actions/fw-action';
import type { Firework, Launch, ValueObject } from '../../../src/domain/model';
import { LpadError } from '../../../src/errors';
import { findWorkflowTargets } from '../../../src/launchpad/change/find-workflow-targets';
import {
  controlFireworks,
  type ControlEvent,
  type FireworksRequest,
} from '../../../src/launchpad/control/control-fireworks';
import type { ControlReport } from '../../../src/launchpad/control/control-report';
import { controlWorkflows } from '../../../src/launchpad/control/control-workflows';
import { editFireworks, type FireworkEdit } from '../../../src/launchpad/control/edit-fireworks';
import { completeLaunch } from '../../../src/launchpad/launches/complete-launch';
import { finishDeadOwners, repairAll } from '../../../src/launchpad/locks/finish-dead-owners';
import { getRun } from '../../../src/launchpad/journal/list-runs';
import { rerunFireworks, type RerunOptions } from '../../../src/launchpad/rerun/rerun-fireworks';
import type { RerunReport } from '../../../src/launchpad/rerun/rerun-report';
import { createRunContext } from '../../../src/launchpad/run-context';
import { ClaimLostError, startLaunch } from '../../../src/launchpad/launches/start-launch';
import { undoRun } from '../../../src/launchpad/journal/undo-run';
import { appendToWorkflow } from '../../../src/launchpad/growth/append-workflow';
import { deleteWorkflows, type DeleteReport } from '../../../src/launchpad/remove/delete-workflows';
import { readWorkflowValue } from '../../../src/specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';

export const OPTIONS: RerunOptions = { includeRunning: false, resetHeld: false, clearRecovery: false };
/** Enough for some looks at a lock, few enough to be simulated. */
const LOCK_WAIT_MS = 500;

const now = (): Date => new Date();

export async function rerun(
  store: LaunchPadStore,
  ids: readonly number[],
  options: Partial<RerunOptions> = {},
): Promise<RerunReport> {
  const context = createRunContext({ operation: 'rerun', commandLine: [], now });
  return rerunFireworks(
    store,
    { ids, options: { ...OPTIONS, ...options }, noDuplicates: true, dryRun: false, lockWaitMs: LOCK_WAIT_MS },
    context,
  );
}

export function control(
  store: LaunchPadStore,
  event: ControlEvent,
  ids: readonly number[],
): Promise<ControlReport> {
  const request = { targets: { ids, unknown: [] }, selection: {}, event, ...WRITING };
  return controlFireworks(store, request, contextOf(event));
}

/** The workflows of these Fireworks. */
export async function archive(store: LaunchPadStore, members: readonly number[]): Promise<ControlReport> {
  const targets = await findWorkflowTargets(store, { members });
  const request = { targets, selection: {}, event: 'ARCHIVE', allStates: false, ...WRITING } as const;
  return controlWorkflows(store, request, contextOf('archive'));
}

export function prioritize(
  store: LaunchPadStore,
  ids: readonly number[],
  priority: number,
): Promise<ControlReport> {
  const edit = { anyState: true, editSpec: setting({ _priority: priority }) };
  return editFireworks(store, { ...requestOf(ids), edit, fields: 'control' }, contextOf('set_priority'));
}

export function update(
  store: LaunchPadStore,
  ids: readonly number[],
  values: Readonly<Record<string, unknown>>,
): Promise<ControlReport> {
  const edit = { anyState: false, editSpec: setting(values) };
  return editFireworks(store, { ...requestOf(ids), edit, fields: 'all' }, contextOf('update'));
}

const WRITING = { dryRun: false, lockWaitMs: LOCK_WAIT_MS };

function requestOf(ids: readonly number[]): FireworksRequest {
  return { targets: { ids, unknown: [] }, selection: {}, ...WRITING };
}

function contextOf(operation: string): ReturnType<typeof createRunContext> {
  return createRunContext({ operation, commandLine: [], now });
}

function setting(values: Readonly<Record<string, unknown>>): FireworkEdit['editSpec'] {
  return (draft) => {
    for (const [key, value] of Object.entries(values)) draft.set([key], value);
    return undefined;
  };
}

export async function repair(store: LaunchPadStore): Promise<void> {
  await repairAll(store);
}

export async function undo(store: LaunchPadStore): Promise<void> {
  await finishDeadOwners(store);
  const found = await getRun(store, undefined).catch((error: unknown) => {
    if (error instanceof LpadError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  });
  if (found?.status !== 'done') return;
  const { entries } = found;
  const context = createRunContext({ operation: 'undo', commandLine: [], now });
  await undoRun(store, { entries, dryRun: false, lockWaitMs: LOCK_WAIT_MS }, context);
}

const PLACE = {
  worker: { name: 'w', category: '', query: {}, queryText: '{}', env: {} },
  launchDir: '/runs',
  host: 'node-1',
  ip: '10.0.0.1',
  now,
  lockWaitMs: 5000,
};

/** Claims what is READY, and starts it; undefined when there is nothing, or somebody took it away again. */
export async function start(store: LaunchPadStore): Promise<Launch | undefined> {
  const firework = await store.claimFirework({ where: {}, order: 'id', now: now() });
  return firework && startClaimed(store, firework);
}

async function startClaimed(store: LaunchPadStore, firework: Firework): Promise<Launch | undefined> {
  try {
    return (await startLaunch(store, firework, PLACE, [])).launch;
  } catch (error) {
    if (error instanceof ClaimLostError) return undefined;
    throw error;
  }
}

export async function complete(
  store: LaunchPadStore,
  launch: Launch,
  parts: FWActionParts = {},
): Promise<void> {
  await completeLaunch(store, {
    launch,
    state: 'COMPLETED',
    action: createAction({ stored_data: { by: launch.launchId }, ...parts }),
    endedOn: now(),
    now,
    lockWaitMs: 5000,
  });
}

/** One launch from its claim to its end. */
export async function fly(store: LaunchPadStore): Promise<Launch | undefined> {
  const launch = await start(store);
  if (launch) await complete(store, launch);
  return launch;
}

/** A rocket that looks for work until it finds some, or has looked often enough. */
export async function waitAndFly(store: LaunchPadStore): Promise<Launch | undefined> {
  for (let look = 0; look < 4; look += 1) {
    const launch = await fly(store);
    if (launch) return launch;
    await sleep(1000);
  }
  return undefined;
}

/** A rocket whose Firetasks are at their end. */
export async function finish(
  store: LaunchPadStore,
  launchId: number,
  parts: FWActionParts = {},
): Promise<void> {
  for await (const launch of store.findLaunches([launchId], 'all')) await complete(store, launch, parts);
}

/** Deletes the workflows of these Fireworks. */
export async function remove(store: LaunchPadStore, members: readonly number[]): Promise<DeleteReport> {
  const context = createRunContext({ operation: 'delete', commandLine: [], now });
  const memberships = await store.findMemberships(members);
  return deleteWorkflows(store, { memberships, dryRun: false, lockWaitMs: LOCK_WAIT_MS }, context);
}

/** Hangs a Firework below these; a workflow that somebody else deletes or holds is left alone. */
export async function append(
  store: LaunchPadStore,
  parents: readonly number[],
  { detour = false, value }: { readonly detour?: boolean; readonly value: ValueObject },
): Promise<void> {
  const context = createRunContext({ operation: 'append', commandLine: [], now });
  const workflow = readWorkflowValue(value, 'test', now());
  const request = { workflow, parents, detour, pullSpecMods: true, dryRun: false, lockWaitMs: LOCK_WAIT_MS };
  try {
    await appendToWorkflow(store, request, context);
  } catch (error) {
    if (!(error instanceof LpadError)) throw error;
  }
}
