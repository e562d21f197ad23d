/** What failed, with all that rules ask about it. */
import { coreHoursOf } from '../../domain/failures/cores';
import { errorOf } from '../../domain/failures/failure-of';
import type { FailedLaunch } from '../../domain/failures/failure';
import { fingerprintOf } from '../../domain/failures/fingerprint';
import type { Firework } from '../../domain/model';
import type { FailedAttempt, FailureFacts } from '../../domain/recovery/failure-facts';
import { wasRerun, type Quarantine, type RecoveryStep } from '../../domain/recovery/night';
import type { RecoveryPolicy } from '../../domain/recovery/policy';
import { standingOf, standsFor } from '../../domain/recovery/quarantine-standing';
import { knownMillis } from '../../domain/timestamps';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findFailures, type Failure } from '../failures/cluster-failures';
import { failedLaunchesById } from '../launches-by-id';

export interface LoadRequest {
  readonly policy: RecoveryPolicy;
  /** Of this night, by Firework. */
  readonly steps: ReadonlyMap<number, RecoveryStep>;
  /** Lost runs, which a dry run has not made FIZZLED. */
  readonly more: readonly Failure[];
}

export async function loadFailures(
  store: LaunchPadStore,
  { policy, steps, more }: LoadRequest,
): Promise<readonly FailureFacts[]> {
  const failures: Failure[] = [...more];
  for await (const failure of findFailures(store, {})) failures.push(failure);
  const ids = failures.map(({ firework }) => firework.fwId);
  const archived = await failedLaunchesById(
    store,
    failures.flatMap(({ firework }) => firework.archivedLaunches),
  );
  const quarantines = new Map<number, Quarantine>();
  for await (const one of store.findQuarantines()) quarantines.set(one.fwId, one);
  const selected = await selectByRules(store, policy, ids);
  return failures.map((failure): FailureFacts => {
    const { fwId } = failure.firework;
    const step = steps.get(fwId);
    return {
      ...factsOf(failure, archived, quarantines.get(fwId)),
      rerunTonight: step !== undefined && wasRerun(step),
      selectedBy: new Set(selected.flatMap((chosen, at) => (chosen.has(fwId) ? [at] : []))),
    };
  });
}

type Archived = ReadonlyMap<number, FailedLaunch>;

function factsOf(
  { firework, launch }: Failure,
  archived: Archived,
  known: Quarantine | undefined,
): Omit<FailureFacts, 'rerunTonight' | 'selectedBy'> {
  const { fwId, name, spec, createdOn, updatedOn } = firework;
  const { fingerprint, pattern } = fingerprintOf(errorOf(launch));
  const launchId = standsFor(firework, launch);
  const standing = standingOf(known, launchId);
  const updated = knownMillis(updatedOn) ?? 0;
  const attempts = attemptsOf(firework, { launchId, fingerprint }, archived, launch === undefined);
  const floor = known?.releasedOn ? known.launchId : 0;
  return {
    fwId,
    name,
    fingerprint,
    pattern,
    lost: launch?.error.kind === 'lost',
    launchId: launchId === 0 ? undefined : launchId,
    host: launch?.host,
    failedAt: knownMillis(launch?.timeEnd) ?? updated,
    createdOn: knownMillis(createdOn) ?? 0,
    updatedOn: updated,
    coreHours: coreHoursOf(spec, launch?.workerCores, launch?.runtimeSecs),
    attempts: attempts.filter((one) => one.launchId > floor || one.launchId === launchId),
    quarantine: standing === 'in force' ? known : undefined,
    released: standing === 'released',
  };
}

/** Counted from the archived launches, so that Python's reruns count, too. */
function attemptsOf(
  { archivedLaunches }: Firework,
  latest: FailedAttempt,
  archived: Archived,
  hasNoFailedLaunch: boolean,
): readonly FailedAttempt[] {
  const earlier = [...new Set(archivedLaunches)].flatMap((launchId): readonly FailedAttempt[] => {
    const failed = archived.get(launchId);
    if (failed) return [{ launchId, fingerprint: fingerprintOf(failed.error).fingerprint }];
    // Where the Firework FIZZLED after its launch, the earlier ones of its launches look as if nothing had failed.
    return hasNoFailedLaunch ? [{ launchId, fingerprint: latest.fingerprint }] : [];
  });
  return [...earlier.filter(({ launchId }) => launchId !== latest.launchId), latest].sort(
    (one, other) => one.launchId - other.launchId,
  );
}

/** By rule, who its selectors select, as in every command. */
async function selectByRules(
  store: LaunchPadStore,
  { rules }: RecoveryPolicy,
  ids: readonly number[],
): Promise<readonly ReadonlySet<number>[]> {
  const all = new Set(ids);
  const selected: ReadonlySet<number>[] = [];
  for (const { selectors } of rules) {
    const { ids: named, ...asked } = selectors;
    const possible = named ? new Set(named.filter((id) => all.has(id))) : all;
    const isAsked = Object.keys(asked).length > 0 && possible.size > 0;
    selected.push(
      isAsked ? new Set(await store.findFireworkIds({ ...asked, ids: [...possible] })) : possible,
    );
  }
  return selected;
}
