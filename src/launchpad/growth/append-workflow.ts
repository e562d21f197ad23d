/** Hangs a new workflow below Fireworks of one that is there (FireWorks' `append_wf`), under its lock. */
import { ActionError } from '../../domain/actions/fw-action';
import { appendWorkflow, reserveIds, type SpecMods } from '../../domain/growth/append-workflow';
import type { Firework, NewWorkflow, Workflow } from '../../domain/model';
import { insertedBy, type WorkflowPatch } from '../../domain/patch';
import type { FireworkState } from '../../domain/state';
import type { WorkflowDraft } from '../../domain/workflow-draft';
import { LpadError } from '../../errors';
import { applyMods } from '../../specs/dict-mods/dict-mods';
import type { LaunchPadStore, Membership } from '../../storage/launchpad-store';
import { changeInBatches, type Change, type Mishap } from '../change/change-in-batches';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { hasTolerantRoot, loadPulls } from '../refresh/load-pulls';
import { loadRefreshView } from '../refresh/load-refresh-view';
import { planRefresh } from '../refresh/plan-refresh';
import type { RunContext } from '../run-context';

export interface AppendRequest {
  /** Its ids are negative; its states are as written. */
  readonly workflow: NewWorkflow;
  readonly parents: readonly number[];
  /** The parents' children come to wait for it. */
  readonly detour: boolean;
  /** What COMPLETED parents have handed on to their children is handed on to it as well. */
  readonly pullSpecMods: boolean;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  readonly lockWaitMs?: number;
}

export interface AppendedFirework {
  /** As in the file. */
  readonly fileId: number;
  /** Undefined in a dry run. */
  readonly fwId: number | undefined;
  readonly name: string;
  readonly state: FireworkState;
}

export interface AppendReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly fireworks: readonly AppendedFirework[];
}

interface Outcome {
  readonly fwId: number;
  readonly outcome: 'appended' | Mishap;
  readonly reason?: string;
}

/** Throws LpadError, with nothing written, when it cannot be appended. */
export async function appendToWorkflow(
  store: LaunchPadStore,
  request: AppendRequest,
  context: RunContext,
): Promise<AppendReport> {
  const { workflow, dryRun, signal, lockWaitMs } = request;
  if (!dryRun) await finishDeadOwners(store);
  const membership = await findOneWorkflow(store, request.parents);
  const patches: WorkflowPatch[] = [];
  const note = (patch: WorkflowPatch): void => void patches.push(patch);
  const result = await changeInBatches(
    {
      store,
      change: changeFor(request, context),
      request: {
        dryRun,
        onPatch: note,
        onCommitted: note,
        ...(signal ? { signal } : {}),
        ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
      },
      context,
    },
    [membership],
  );
  for (const { outcome, reason = '' } of result.outcomes.values()) {
    if (outcome === 'not done') throw new LpadError('INTERRUPTED', 'interrupted; nothing was appended');
    if (outcome !== 'appended')
      throw new LpadError(outcome === 'conflict' ? 'CONFLICT' : 'LOCKED', `nothing was appended: ${reason}`);
  }
  return {
    ...(result.committed > 0 ? { journalId: context.run } : {}),
    fireworks: reportOf(workflow, patches, dryRun),
  };
}

/** The parents must all be there, in the same workflow. */
async function findOneWorkflow(store: LaunchPadStore, parents: readonly number[]): Promise<Membership> {
  const memberships = await store.findMemberships(parents);
  const known = new Set(memberships.flatMap(({ members }) => members));
  const missing = parents.filter((fwId) => !known.has(fwId));
  if (missing.length > 0) {
    const existing = new Set(await store.findFireworkIds({ ids: missing }));
    const [first = 0] = missing;
    const why = existing.has(first)
      ? `Firework ${String(first)} is in no workflow`
      : `there is no Firework ${missing.join(', ')}`;
    throw new LpadError('NOT_FOUND', `${why}; nothing was appended`);
  }
  const [one, other] = memberships;
  if (!one)
    throw new LpadError('USAGE', 'append_wflow needs a parent', {
      hint: 'lpad append_wflow -i 7 -f more.yaml',
    });
  if (other) {
    throw new LpadError(
      'FAILED',
      `the parents ${one.members.join(', ')} and ${other.members.join(', ')} are in different workflows; nothing was appended`,
    );
  }
  return one;
}

function changeFor(request: AppendRequest, { now }: RunContext): Change<Outcome> {
  return {
    recheck: (_, memberships) => Promise.resolve({ wanted: memberships, gone: [] }),
    mishap: (fwId, outcome, reason) => ({ fwId, outcome, reason }),
    plan: async (store, memberships) => {
      const plans = [];
      for await (const found of store.findWorkflows({ members: request.parents })) {
        const membership = memberships.find(({ workflowKey }) => workflowKey === found.key);
        if (!membership) continue;
        const outcomes = membership.members.map((fwId): Outcome => ({ fwId, outcome: 'appended' }));
        plans.push({ patch: await planAppend(store, found, request, now), outcomes });
      }
      return plans;
    },
  };
}

async function planAppend(
  store: LaunchPadStore,
  found: Workflow,
  { workflow, parents, detour, pullSpecMods }: AppendRequest,
  now: () => Date,
): Promise<WorkflowPatch> {
  const parentsOfNewcomers = hasTolerantRoot(workflow) ? parents : [];
  const loaded = await loadRefreshView(store, found, [], { now, parentsOfNewcomers });
  try {
    const pulls = pullSpecMods ? await loadPulls(store, parents) : new Map<number, SpecMods>();
    const edit = (draft: WorkflowDraft): void => {
      const ids = reserveIds(draft, [workflow]);
      const below = parents.map((fwId) => ({ fwId, detour }));
      appendWorkflow(draft, { workflow, parents: below, pulls }, ids, applyMods);
    };
    return planRefresh(loaded, { starts: [], now: now(), edit }).patch;
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new LpadError('FAILED', `nothing was appended: ${error.message}`, { cause: error });
  }
}

/** New ids are given in the ascending order of the file's. */
function reportOf(
  workflow: NewWorkflow,
  patches: readonly WorkflowPatch[],
  dryRun: boolean,
): readonly AppendedFirework[] {
  const added = patches
    .flatMap(({ changes }) => changes)
    .flatMap((one) => (one.collection === 'fireworks' ? (insertedBy(one) ?? []) : []))
    .map((one) => one as Firework)
    .sort((one, other) => one.fwId - other.fwId);
  const fileIds = workflow.fireworks.map(({ fwId }) => fwId).sort((one, other) => one - other);
  return added.map(({ fwId, name, state }, index) => ({
    fileId: fileIds[index] ?? 0,
    fwId: dryRun ? undefined : fwId,
    name,
    state,
  }));
}
