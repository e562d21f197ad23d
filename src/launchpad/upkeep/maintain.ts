/** One round of maintenance (FireWorks' `maintain`): lost runs become FIZZLED, stale reservations are given up. */
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { createRunContext, type RunFacts } from '../run-context';
import { cancelReservations, findStaleReservations } from './cancel-reservations';
import { handleLostRuns } from './detect-lost-runs';
import { findLostRuns } from './find-lost-runs';

export interface MaintainRequest {
  readonly facts: RunFacts & { readonly now: () => Date };
  readonly runExpirationSecs: number;
  readonly reservationExpirationSecs: number;
  readonly signal: AbortSignal;
}

export interface MaintainReport {
  readonly lostLaunches: readonly number[];
  readonly lostFireworks: readonly number[];
  readonly inconsistent: readonly number[];
  readonly unreserved: readonly number[];
  /** RESERVED without a launch, and READY again. */
  readonly claims: readonly number[];
  /** What could not be done, in words. */
  readonly problems: readonly string[];
}

const DEFAULTS = { includeRunning: false, resetHeld: false, clearRecovery: false } as const;

export async function maintain(store: LaunchPadStore, request: MaintainRequest): Promise<MaintainReport> {
  const { facts, signal } = request;
  const now = facts.now();
  const query = { rules: { now, expirationSecs: request.runExpirationSecs } };
  const found = await findLostRuns(store, query);
  const fix = { query, found, fix: 'fizzle', rerunOptions: DEFAULTS, refresh: false, dryRun: false } as const;
  const lost = await handleLostRuns(store, { ...fix, noDuplicates: false, signal }, createRunContext(facts));
  const stale = await findStaleReservations(store, {
    now,
    expirationSecs: request.reservationExpirationSecs,
  });
  const cancelled = await cancelReservations(
    store,
    { ...stale, dryRun: false, signal },
    createRunContext(facts),
  );
  const failed = lost.fizzled.flatMap(({ reason, fwId }) =>
    reason === undefined ? [] : [`Firework ${String(fwId)}: ${reason}`],
  );
  const kept = cancelled.targets
    .filter(({ outcome }) => outcome !== 'rerun' && outcome !== 'skipped')
    .map(({ fwId, reason }) => `Firework ${String(fwId)}: ${reason ?? ''}`);
  return {
    lostLaunches: found.launches.map(({ launchId }) => launchId),
    lostFireworks: found.fwIds,
    inconsistent: lost.inconsistent,
    unreserved: stale.launches.map(({ launchId }) => launchId),
    claims: stale.claims,
    problems: [...failed, ...kept],
  };
}
