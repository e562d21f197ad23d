/** Does the reruns of a night, batch by batch, through the use case of `rerun_fws`: noted before, and with what came of it after. */
import type { FailureFacts } from '../../domain/recovery/failure-facts';
import type { RecoveryStep } from '../../domain/recovery/night';
import type { RecoveryPolicy, RuleAction } from '../../domain/recovery/policy';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';
import { rerunFireworks, type RerunOptions } from '../rerun/rerun-fireworks';
import type { RerunOutcome } from '../rerun/rerun-report';
import type { RunContext } from '../run-context';
import type { Lease } from './lease';
import { rerunWords } from './rerun-words';

/** SIGTERM waits for as many at most. */
const BATCH = 100;

export interface RerunsRequest {
  readonly policy: RecoveryPolicy;
  readonly facts: ReadonlyMap<number, FailureFacts>;
  readonly lease: Lease;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
  readonly lockWaitMs?: number;
  readonly exceptionDetails: boolean;
  readonly onProgress?: (done: number) => void;
}

/** `planned`: steps of reruns, in their order. All of them as they are then. */
export async function performReruns(
  store: LaunchPadStore,
  planned: readonly RecoveryStep[],
  request: RerunsRequest,
  context: RunContext,
): Promise<readonly RecoveryStep[]> {
  const done = new Map<number, RecoveryStep>();
  const entries = { next: 0 };
  for (const batch of await batchesOf(store, planned, request)) {
    // What shares a launch with one that was rerun went with it.
    const open = batch.steps.filter(({ fwId }) => !done.has(fwId));
    if (open.length === 0) continue;
    if (request.signal?.aborted) for (const step of open) done.set(step.fwId, interrupted(step));
    else {
      if (!request.dryRun) await request.lease.renew();
      for (const step of await perform(store, { ...batch, steps: open }, request, context, entries))
        done.set(step.fwId, step);
    }
    request.onProgress?.(done.size);
  }
  const left = [...done.values()].filter(({ why }) => why === 'interrupted');
  if (left.length > 0 && !request.dryRun) await store.putSteps(left);
  return [...done.values()];
}

interface Batch {
  readonly steps: readonly RecoveryStep[];
  readonly options: RerunOptions;
}

/** Of one rule each, since its action is one for all; with what cannot be resumed apart. */
async function batchesOf(
  store: LaunchPadStore,
  planned: readonly RecoveryStep[],
  { policy }: RerunsRequest,
): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (const { name, action } of policy.rules) {
    const steps = planned.filter(({ rule }) => rule === name);
    if (action.kind !== 'rerun' || steps.length === 0) continue;
    const resumable = action.taskLevel ? await findResumable(store, steps) : new Set<number>();
    const parts = [
      {
        steps: steps.filter(({ fwId }) => resumable.has(fwId)).map((step) => resumed(step, action)),
        options: optionsOf(action, true),
      },
      {
        steps: steps.filter(({ fwId }) => !resumable.has(fwId)).map((step) => fromTheStart(step, action)),
        options: optionsOf(action, false),
      },
    ];
    for (const part of parts) {
      for (let start = 0; start < part.steps.length; start += BATCH)
        batches.push({ steps: part.steps.slice(start, start + BATCH), options: part.options });
    }
  }
  return batches;
}

type RerunAction = Extract<RuleAction, { readonly kind: 'rerun' }>;

function resumed(step: RecoveryStep, { taskLevel, edits }: RerunAction): RecoveryStep {
  return { ...step, how: rerunWords(taskLevel, edits) };
}

function fromTheStart(step: RecoveryStep, { taskLevel, edits }: RerunAction): RecoveryStep {
  const plain = { ...step, how: rerunWords(undefined, edits) };
  if (!taskLevel) return plain;
  return { ...plain, reason: `${step.reason}, from the first Firetask: its launch has no checkpoint` };
}

async function findResumable(
  store: LaunchPadStore,
  steps: readonly RecoveryStep[],
): Promise<ReadonlySet<number>> {
  const ids = steps.map(({ launchId }) => launchId).filter((id) => id > 0);
  const launches = await launchesById(store, ids, 'brief');
  const isResumable = ({ launchId }: RecoveryStep): boolean =>
    launches.get(launchId)?.stateHistory.at(-1)?.checkpoint !== undefined;
  return new Set(steps.filter(isResumable).map(({ fwId }) => fwId));
}

function optionsOf({ taskLevel, edits }: RerunAction, resume: boolean): RerunOptions {
  return {
    includeRunning: false,
    resetHeld: false,
    clearRecovery: false,
    edits,
    ...(taskLevel && resume ? { taskLevel: { mode: taskLevel.mode, launchIds: new Map() } } : {}),
  };
}

async function perform(
  store: LaunchPadStore,
  { steps, options }: Batch,
  { facts, dryRun, signal, lockWaitMs, exceptionDetails }: RerunsRequest,
  context: RunContext,
  entries: { next: number },
): Promise<readonly RecoveryStep[]> {
  const doing = steps.map((step): RecoveryStep => ({ ...step, status: 'doing', journalId: context.run }));
  if (!dryRun) await store.putSteps(doing);
  const failedWith = [...new Set(steps.map(({ fingerprint }) => fingerprint))];
  const report = await rerunFireworks(
    store,
    {
      ids: steps.map(({ fwId }) => fwId),
      // A rocket, or a person, may have been faster.
      ...(dryRun ? {} : { selection: { where: { state: 'FIZZLED' }, failedWith } }),
      options,
      noDuplicates: false,
      exceptionDetails,
      dryRun,
      firstEntry: entries.next,
      onEntry: (next) => {
        entries.next = next;
      },
      ...(signal ? { signal } : {}),
      ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    },
    context,
  );
  const byId = new Map(report.targets.map((target) => [target.fwId, target]));
  const results = doing.map((step) => withOutcome(step, byId.get(step.fwId), dryRun));
  const along = report.targets.flatMap((target) => alongWith(target, results, facts));
  if (!dryRun) await store.putSteps([...results, ...along]);
  return [...results, ...along];
}

function withOutcome(step: RecoveryStep, target: RerunOutcome | undefined, dryRun: boolean): RecoveryStep {
  const reason = target?.reason ?? 'is in no workflow';
  switch (target?.outcome) {
    case 'rerun':
      return {
        ...step,
        status: dryRun ? 'decided' : 'done',
        journalId: dryRun ? null : step.journalId,
        to: target.to ?? null,
        descendants: target.descendants.length,
        notes: target.notes,
      };
    case 'skipped':
      return { ...step, action: 'leave', why: 'changed meanwhile', reason, ...notDone('decided') };
    case 'not done':
      return interrupted(step);
    default:
      return { ...step, reason, ...notDone('failed') };
  }
}

function interrupted(step: RecoveryStep): RecoveryStep {
  const reason = 'interrupted before its turn';
  return { ...step, action: 'hold', why: 'interrupted', reason, ...notDone('decided') };
}

function notDone(status: 'decided' | 'failed'): Pick<RecoveryStep, 'status' | 'canary' | 'journalId'> {
  return { status, canary: false, journalId: null };
}

/** Fireworks that share a launch with one that was rerun, and failed with it. */
function alongWith(
  { fwId, outcome, duplicateOf, to, notes }: RerunOutcome,
  results: readonly RecoveryStep[],
  facts: ReadonlyMap<number, FailureFacts>,
): readonly RecoveryStep[] {
  const original = results.find((step) => step.fwId === duplicateOf);
  const own = facts.get(fwId);
  if (outcome !== 'rerun' || !original || !own) return [];
  const reason = `shares a launch with ${String(original.fwId)}`;
  const { name, attempts } = own;
  return [
    {
      ...original,
      fwId,
      name,
      attempts: attempts.length,
      reason,
      to: to ?? null,
      notes,
      coreHours: 0,
      canary: false,
    },
  ];
}
