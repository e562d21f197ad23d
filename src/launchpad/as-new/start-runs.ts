/** Adds new runs of recorded ones (`rerun_wflows`, `rerun_fws --as-new`): each wholly or not at all, journaled, undone by undo. */
import type { NewRun, NewRunWishes, Way } from '../../domain/as-new/new-run';
import { planNewRun } from '../../domain/as-new/plan-new-run';
import type { RecordedRun } from '../../domain/as-new/recorded-run';
import type { WorkflowPatch } from '../../domain/patch';
import { lowestOf } from '../../domain/workflow-graph';
import { LpadError } from '../../errors';
import { applyMods } from '../../specs/dict-mods/dict-mods';
import { undoMods } from '../../specs/dict-mods/undo-mods';
import { withCheckedInputs, type Inputs } from '../../specs/inputs';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import type { RunContext } from '../run-context';
import { insertRun, patchOfRun } from './insert-run';
import { loadRecorded } from './load-recorded';

export type { NewRunWishes, Way } from '../../domain/as-new/new-run';

export interface StartRequest {
  readonly ways: readonly RunWay[];
  readonly wishes: NewRunWishes;
  /** Converted and checked by the schemas of the Fireworks that have them. */
  readonly inputs?: Inputs;
  readonly dryRun: boolean;
  /** In a dry run: every patch that would be committed, with ids that are kept for it. */
  readonly onPatch?: ((patch: WorkflowPatch) => void) | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/** What is rerun: the workflow with this Firework, or a part of it. */
export interface RunWay {
  readonly fwId: number;
  readonly way: Way;
}

export interface StartedRun {
  /** As it was asked for. */
  readonly fwId: number;
  readonly outcome: 'new run' | 'refused' | 'failed' | 'conflict' | 'not done';
  readonly reason?: string;
  /** Of the recorded workflow, or the Firework that was rerun alone. */
  readonly name: string;
  readonly notes: readonly string[];
  /** Undefined when there is none. */
  readonly run?: {
    /** The lowest of its Fireworks; undefined in a dry run. */
    readonly id: number | undefined;
    readonly name: string;
    /** From recorded Fireworks to new ones; empty in a dry run. */
    readonly idMap: ReadonlyMap<number, number>;
    /** Recorded Fireworks that are run again. */
    readonly executed: readonly number[];
    /** Recorded Fireworks that stand with their results. */
    readonly standing: readonly number[];
  };
}

export interface StartReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly dryRun: boolean;
  readonly runs: readonly StartedRun[];
  readonly interrupted: boolean;
}

export async function startRuns(
  store: LaunchPadStore,
  request: StartRequest,
  context: RunContext,
): Promise<StartReport> {
  if (!request.dryRun) await finishDeadOwners(store);
  const runs: StartedRun[] = [];
  for (const one of request.ways) {
    if (request.signal?.aborted) {
      const reason = 'interrupted before its turn';
      runs.push({ fwId: one.fwId, outcome: 'not done', reason, name: '', notes: [] });
    } else runs.push(await startOne(store, request, one, runs.length, context));
    request.onProgress?.(runs.length);
  }
  const written = !request.dryRun && runs.some(({ outcome }) => outcome === 'new run');
  return {
    ...(written ? { journalId: context.run } : {}),
    dryRun: request.dryRun,
    runs,
    interrupted: runs.some(({ outcome }) => outcome === 'not done'),
  };
}

async function startOne(
  store: LaunchPadStore,
  request: StartRequest,
  { fwId, way }: RunWay,
  number: number,
  context: RunContext,
): Promise<StartedRun> {
  const recorded = await findRecorded(store, fwId);
  if (!recorded) {
    const reason = `no workflow has a Firework ${String(fwId)}`;
    return { fwId, outcome: 'failed', reason, name: '', notes: [] };
  }
  const { wishes, inputs } = request;
  const now = context.now();
  const plan = planNewRun({ run: recorded, way, wishes, now, applyMods, undoMods });
  const name = nameOf(recorded, way);
  if (plan.kind === 'refused') return { fwId, outcome: 'refused', reason: plan.reason, name, notes: [] };
  const run = withCheckedRun(plan.run, inputs);
  const { executed, notes } = run;
  const again = new Set(executed);
  const standing = run.workflow.fireworks.map((one) => one.fwId).filter((one) => !again.has(one));
  const started = (idMap: ReadonlyMap<number, number>): StartedRun => {
    const id = lowestOf(idMap.values());
    const made = { id: idMap.size > 0 ? id : undefined, name: run.workflow.name, idMap, executed, standing };
    return { fwId, outcome: 'new run', name, notes, run: made };
  };
  if (request.dryRun) {
    if (request.onPatch) request.onPatch((await patchOfRun(store, run, now)).patch);
    return started(new Map());
  }
  const inserted = await insertRun(store, run, number, context);
  if (inserted.kind === 'inserted') return started(inserted.idMap);
  return { fwId, outcome: 'conflict', reason: inserted.reason, name, notes };
}

function nameOf({ workflow, fireworks }: RecordedRun, way: Way): string {
  return (way.kind === 'alone' ? fireworks.get(way.fwId)?.name : undefined) ?? workflow.name;
}

async function findRecorded(store: LaunchPadStore, fwId: number): Promise<RecordedRun | undefined> {
  try {
    return await loadRecorded(store, fwId);
  } catch (error) {
    if (error instanceof LpadError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function withCheckedRun(run: NewRun, inputs: Inputs | undefined): NewRun {
  const again = new Set(run.executed);
  const { fireworks } = run.workflow;
  const executed = fireworks.filter(({ fwId }) => again.has(fwId));
  const checked = new Map(withCheckedInputs(executed, inputs).map((one) => [one.fwId, one]));
  return {
    ...run,
    workflow: { ...run.workflow, fireworks: fireworks.map((one) => checked.get(one.fwId) ?? one) },
  };
}
