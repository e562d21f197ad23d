/** Fireworks that `lpad recover` has given up: shown, and released. */
import type { FailureFacts } from '../../domain/recovery/failure-facts';
import type { Quarantine, RecoveryStep } from '../../domain/recovery/night';
import { standingOf, standsFor, type QuarantineStanding } from '../../domain/recovery/quarantine-standing';
import type { FailedLaunch } from '../../domain/failures/failure';
import type { Firework } from '../../domain/model';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';
import { findFailures } from '../failures/cluster-failures';
import type { RunContext } from '../run-context';

export type { QuarantineStanding };
export type { Quarantine } from '../../domain/recovery/night';

/**
 * Those in force, of a selection or all. A quarantine is of one failure: once the Firework was rerun, by whomever, it is over.
 */
export async function findQuarantined(
  store: LaunchPadStore,
  selection: FireworkSelection = {},
): Promise<readonly Quarantine[]> {
  const known = new Map<number, Quarantine>();
  for await (const one of store.findQuarantines(selection.ids))
    if (one.releasedOn === null) known.set(one.fwId, one);
  if (known.size === 0) return [];
  const inForce: Quarantine[] = [];
  for await (const { firework, launch } of findFailures(store, { ...selection, ids: [...known.keys()] })) {
    const one = known.get(firework.fwId);
    if (one && standingOf(one, standsFor(firework, launch)) === 'in force') inForce.push(one);
  }
  return inForce;
}

export interface StandingQuarantine {
  readonly quarantine: Quarantine;
  readonly standing: QuarantineStanding;
}

/** That still means something for the failure that this Firework has. */
export async function findStanding(
  store: LaunchPadStore,
  firework: Pick<Firework, 'fwId' | 'state' | 'launches'>,
  launch: FailedLaunch | undefined,
): Promise<StandingQuarantine | undefined> {
  if (firework.state !== 'FIZZLED') return undefined;
  for await (const quarantine of store.findQuarantines([firework.fwId])) {
    const standing = standingOf(quarantine, standsFor(firework, launch));
    if (standing) return { quarantine, standing };
  }
  return undefined;
}

/** `lpad recover` tries them again, as if they had failed for the first time. */
export async function releaseQuarantined(
  store: LaunchPadStore,
  quarantined: readonly Quarantine[],
  { now, user }: Pick<RunContext, 'now' | 'user'>,
): Promise<void> {
  const releasedOn = now();
  await store.putQuarantines(quarantined.map((one) => ({ ...one, releasedOn, releasedBy: user })));
}

export async function quarantineAll(store: LaunchPadStore, steps: readonly RecoveryStep[]): Promise<void> {
  const list = steps.map((step): Quarantine => {
    const { fwId, name, launchId, fingerprint, pattern, rule, reason, night, decidedOn } = step;
    const about = { fwId, name, launchId, fingerprint, pattern, rule, reason, night };
    return { ...about, since: decidedOn, releasedOn: null, releasedBy: '' };
  });
  if (list.length > 0) await store.putQuarantines(list);
}

/** Forgets those that a rerun has ended; released ones stay, since attempts before them do not count. */
export async function forgetEnded(store: LaunchPadStore, failures: readonly FailureFacts[]): Promise<void> {
  const inForce = new Set(failures.flatMap(({ fwId, quarantine }) => (quarantine ? [fwId] : [])));
  const ended: number[] = [];
  for await (const { fwId, releasedOn } of store.findQuarantines())
    if (releasedOn === null && !inForce.has(fwId)) ended.push(fwId);
  if (ended.length > 0) await store.removeQuarantines(ended);
}
