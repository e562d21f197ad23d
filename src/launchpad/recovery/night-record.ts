/** The record of a night as it is written: the call that is under way, and a step for each decision. */
import type { FailureFacts } from '../../domain/recovery/failure-facts';
import type { Decision, Night, NightCall, NightStatus, RecoveryStep } from '../../domain/recovery/night';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { RunContext } from '../run-context';

export interface PolicySource {
  /** As the user named it. */
  readonly file: string;
  readonly hash: string;
}

/** A night with a call that is under way. */
export interface OpenNight {
  readonly night: Night;
  readonly call: NightCall;
}

/** Goes on with the night of this key, or begins it. */
export async function openNight(
  store: LaunchPadStore,
  key: string,
  policy: PolicySource,
  { now, user, host, commandLine }: RunContext,
): Promise<OpenNight> {
  const [known] = await store.findNights({ key });
  const startedOn = now();
  const call: NightCall = {
    startedOn,
    endedOn: null,
    user,
    host,
    commandLine,
    journalIds: [],
    status: 'running',
  };
  const night: Night = {
    key,
    startedOn,
    lostFireworks: [],
    lostLaunches: 0,
    calls: [],
    ...known,
    policyFile: policy.file,
    policyHash: policy.hash,
  };
  await store.putNight({ ...night, calls: [...night.calls, call] });
  return { night, call };
}

export interface CallResult {
  readonly status: NightStatus;
  readonly journalIds: readonly string[];
  readonly lostFireworks: readonly number[];
  readonly lostLaunches: number;
}

export async function closeNight(
  store: LaunchPadStore,
  { night, call }: OpenNight,
  result: CallResult,
  now: Date,
): Promise<void> {
  const { status, journalIds } = result;
  await store.putNight({
    ...night,
    lostFireworks: [...new Set([...night.lostFireworks, ...result.lostFireworks])],
    lostLaunches: night.lostLaunches + result.lostLaunches,
    calls: [...night.calls, { ...call, endedOn: now, status, journalIds }],
  });
}

export async function readSteps(store: LaunchPadStore, night: string): Promise<Map<number, RecoveryStep>> {
  const steps = new Map<number, RecoveryStep>();
  for await (const step of store.findSteps({ night })) steps.set(step.fwId, step);
  return steps;
}

export function stepOf(decision: Decision, facts: FailureFacts, night: string, now: Date): RecoveryStep {
  const { rule = '', action, why, reason, canary, until } = decision;
  const { fwId, name, fingerprint, pattern, launchId = 0, host = '', failedAt, attempts, coreHours } = facts;
  return {
    night,
    fwId,
    name,
    fingerprint,
    pattern,
    launchId,
    host,
    failedOn: new Date(failedAt),
    attempts: attempts.length,
    coreHours,
    rule,
    action,
    how: '',
    why,
    reason,
    canary,
    until: until === undefined ? null : new Date(until),
    status: 'decided',
    decidedOn: now,
    journalId: null,
    to: null,
    descendants: 0,
    notes: [],
  };
}
