/**
 * A night of recovery: lost runs first, then what failed, by the rules of a policy. It acts through the use cases of
 * `detect_lostruns` and `rerun_fws` alone, so that journal, undo and locks are theirs.
 */
import type { Failure } from '../failures/cluster-failures';
import type { FailureFacts } from '../../domain/recovery/failure-facts';
import { decideNight } from '../../domain/recovery/decide';
import { wasRerun, type Decision, type NightStatus, type RecoveryStep } from '../../domain/recovery/night';
import type { RecoveryPolicy } from '../../domain/recovery/policy';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import { createRunContext, type RunContext } from '../run-context';
import { findLost, handleLost, type LostResult } from './lost-first';
import { withLease, type Lease } from './lease';
import { loadFailures } from './load-failures';
import { loadPast } from './load-past';
import { loadRepeats } from './load-repeats';
import { closeNight, openNight, readSteps, stepOf, type PolicySource } from './night-record';
import { performReruns } from './perform-reruns';
import { forgetEnded, quarantineAll } from './quarantines';
import { resumeEarlierNight, resumeSteps } from './resume-steps';

export type { LostResult };
export type { NightStatus, RecoveryStep } from '../../domain/recovery/night';

export interface RecoverRequest {
  readonly policy: RecoveryPolicy;
  readonly source: PolicySource;
  /** Key of the night. */
  readonly key: string;
  readonly dryRun: boolean;
  /** Seconds of silence after which a run is lost, where the policy does not say. */
  readonly expirationSecs: number;
  readonly exceptionDetails: boolean;
  readonly signal?: AbortSignal;
  readonly lockWaitMs?: number;
  readonly onProgress?: (done: number) => void;
}

export interface RecoveryReport {
  readonly key: string;
  readonly dryRun: boolean;
  readonly status: NightStatus;
  readonly lost: LostResult;
  /** Reruns of an earlier call that died, which the journal says were done. */
  readonly resumed: readonly RecoveryStep[];
  /** About each failure, in the order in which they were decided. */
  readonly steps: readonly RecoveryStep[];
  /** For `lpad undo`, the last first. */
  readonly journalIds: readonly string[];
}

export async function recover(
  store: LaunchPadStore,
  request: RecoverRequest,
  context: RunContext,
): Promise<RecoveryReport> {
  if (request.dryRun) {
    const { assumed, ...lost } = await findLost(store, request, context.now());
    const steps = await readSteps(store, request.key);
    return work(
      store,
      { request, steps, lost, assumed, resumed: [], lease: { renew: () => Promise.resolve() } },
      context,
    );
  }
  return withLease(store, context, (lease) => underLease(store, request, lease, context));
}

async function underLease(
  store: LaunchPadStore,
  request: RecoverRequest,
  lease: Lease,
  context: RunContext,
): Promise<RecoveryReport> {
  await finishDeadOwners(store);
  const open = await openNight(store, request.key, request.source, context);
  const steps = await readSteps(store, request.key);
  const resumed = await resumeSteps(store, steps);
  await resumeEarlierNight(store, request.key);
  const lost = await handleLost(store, request, another(context));
  await lease.renew();
  const report = await work(store, { request, steps, lost, assumed: [], resumed, lease }, context);
  const { status, journalIds } = report;
  const { fwIds: lostFireworks, launches: lostLaunches } = lost;
  await closeNight(store, open, { status, journalIds, lostFireworks, lostLaunches }, context.now());
  return report;
}

/** Of the same command, as another one in the journal. */
function another({ operation, commandLine, now }: RunContext): RunContext {
  return createRunContext({ operation, commandLine, now });
}

interface Work {
  readonly request: RecoverRequest;
  readonly steps: ReadonlyMap<number, RecoveryStep>;
  readonly lost: LostResult;
  /** Lost runs as the failures that they would be, which a dry run has not made FIZZLED. */
  readonly assumed: readonly Failure[];
  readonly resumed: readonly RecoveryStep[];
  readonly lease: Lease;
}

async function work(
  store: LaunchPadStore,
  { request, steps: known, lost, assumed, resumed, lease }: Work,
  context: RunContext,
): Promise<RecoveryReport> {
  const { policy, key, dryRun, signal } = request;
  const now = context.now();
  const failures = await loadFailures(store, { policy, steps: known, more: assumed });
  const facts = new Map(failures.map((one) => [one.fwId, one]));
  const decisions = await decide(store, request, failures, known, now);
  const steps = decisions.flatMap((one) => stepsOf(one, facts, key, now));
  const planned = steps.filter(({ action }) => action === 'rerun');
  const others = steps
    .filter(({ action }) => action !== 'rerun')
    .map((step): RecoveryStep =>
      step.action === 'quarantine' && !dryRun ? { ...step, status: 'done' } : step,
    );
  if (!dryRun) {
    await forgetEnded(store, failures);
    await quarantineAll(
      store,
      others.filter(({ action }) => action === 'quarantine'),
    );
    await store.putSteps(others.filter((step) => !isKnown(step, known.get(step.fwId))));
  }
  const { exceptionDetails, lockWaitMs, onProgress } = request;
  const done = await performReruns(
    store,
    // Of a lost run there is nothing to rerun yet.
    dryRun ? planned.filter(({ fwId }) => !lost.fwIds.includes(fwId)) : planned,
    {
      policy,
      facts,
      lease,
      dryRun,
      exceptionDetails,
      ...(signal ? { signal } : {}),
      ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
      ...(onProgress ? { onProgress } : {}),
    },
    context,
  );
  const results = new Map([...others, ...done].map((step) => [step.fwId, step]));
  const all = steps.map((step) => results.get(step.fwId) ?? step);
  const wasWritten = done.some(({ status }) => status === 'done');
  return {
    key,
    dryRun,
    status: statusOf(all, lost, signal?.aborted === true),
    lost,
    resumed,
    steps: all,
    journalIds: [
      ...(wasWritten ? [context.run] : []),
      ...(lost.journalId === undefined ? [] : [lost.journalId]),
    ],
  };
}

/** What this night has rerun or quarantined keeps its step: it says so. */
function isKnown({ why }: RecoveryStep, known: RecoveryStep | undefined): boolean {
  return why === 'rerun tonight' || (why === 'quarantined' && known?.action === 'quarantine');
}

async function decide(
  store: LaunchPadStore,
  { policy }: RecoverRequest,
  failures: readonly FailureFacts[],
  steps: ReadonlyMap<number, RecoveryStep>,
  now: Date,
): Promise<readonly Decision[]> {
  const fingerprints = [...new Set(failures.map(({ fingerprint }) => fingerprint))];
  return decideNight({
    policy,
    failures,
    repeats: await loadRepeats(store, policy, failures, now.getTime()),
    past: await loadPast(store, fingerprints, now),
    spent: [...steps.values()].filter(wasRerun),
    now: now.getTime(),
    local: { day: now.getDay(), minutes: 60 * now.getHours() + now.getMinutes() },
  });
}

function stepsOf(
  decision: Decision,
  facts: ReadonlyMap<number, FailureFacts>,
  key: string,
  now: Date,
): readonly RecoveryStep[] {
  const own = facts.get(decision.fwId);
  return own ? [stepOf(decision, own, key, now)] : [];
}

function statusOf(steps: readonly RecoveryStep[], lost: LostResult, isInterrupted: boolean): NightStatus {
  if (isInterrupted) return 'interrupted';
  if (lost.failed.length > 0 || steps.some(({ status }) => status === 'failed')) return 'partly';
  return steps.some(({ action }) => action === 'hold') ? 'held' : 'done';
}
