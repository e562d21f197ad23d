/** What earlier reruns by `lpad recover` have come to, by error. */
import type { PastRerun } from '../../domain/recovery/cluster-state';
import { LOOK_BACK_MS, type RecoveryStep } from '../../domain/recovery/night';
import { resultOf } from '../../domain/recovery/rerun-end';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findEnds } from './find-ends';

/** By fingerprint. */
export async function loadPast(
  store: LaunchPadStore,
  fingerprints: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly PastRerun[]>> {
  const past = new Map<string, PastRerun[]>();
  if (fingerprints.length === 0) return past;
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const steps: RecoveryStep[] = [];
  for await (const step of store.findSteps({ fingerprints, since, onlyReruns: true })) steps.push(step);
  for (const { step, end } of await findEnds(store, steps)) {
    const { fingerprint, fwId, canary, decidedOn } = step;
    const list = past.get(fingerprint) ?? [];
    list.push({ fwId, canary, at: decidedOn.getTime(), ...resultOf(end, step) });
    past.set(fingerprint, list);
  }
  return past;
}
