/** Lost runs become FIZZLED before anything else: what is done about them the rules say, as about every failure. */
import type { FailedLaunch } from '../../domain/failures/failure';
import type { Firework, Launch } from '../../domain/model';
import type { RecoveryPolicy } from '../../domain/recovery/policy';
import { timestampMillis } from '../../domain/timestamps';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { Failure } from '../failures/cluster-failures';
import type { RunContext } from '../run-context';
import { handleLostRuns } from '../upkeep/detect-lost-runs';
import { findLostRuns, type LostRuns, type LostRunsQuery } from '../upkeep/find-lost-runs';

export interface LostResult {
  readonly launches: number;
  /** Fireworks that became, or would become, FIZZLED. */
  readonly fwIds: readonly number[];
  readonly failed: readonly { readonly fwId: number; readonly reason: string }[];
  readonly journalId?: string;
}

interface LostRequest {
  readonly policy: Pick<RecoveryPolicy, 'lostRuns'>;
  /** Seconds of silence after which a run is lost, where the policy does not say. */
  readonly expirationSecs: number;
  readonly signal?: AbortSignal;
  readonly lockWaitMs?: number;
}

const NONE: LostResult = { launches: 0, fwIds: [], failed: [] };

export async function handleLost(
  store: LaunchPadStore,
  request: LostRequest,
  context: RunContext,
): Promise<LostResult> {
  if (!request.policy.lostRuns.handle || request.signal?.aborted) return NONE;
  const query = queryOf(request, context.now());
  const found = await findLostRuns(store, query);
  if (found.launches.length === 0) return NONE;
  const { signal, lockWaitMs } = request;
  const { fizzled, journalId } = await handleLostRuns(
    store,
    {
      query,
      found,
      fix: 'fizzle',
      rerunOptions: { includeRunning: false, resetHeld: false, clearRecovery: false },
      noDuplicates: false,
      refresh: false,
      dryRun: false,
      ...(signal ? { signal } : {}),
      ...(lockWaitMs === undefined ? {} : { lockWaitMs }),
    },
    context,
  );
  const failed = fizzled.flatMap(({ fwId, outcome, reason = '' }) =>
    // Skipped: its rocket was only slow, or somebody was faster.
    ['changed', 'unchanged', 'skipped'].includes(outcome) ? [] : [{ fwId, reason }],
  );
  const notDone = new Set(failed.map(({ fwId }) => fwId));
  return {
    launches: found.launches.length,
    fwIds: found.fwIds.filter((fwId) => !notDone.has(fwId)),
    failed,
    ...(journalId === undefined ? {} : { journalId }),
  };
}

/** With the failures that they would be. */
export async function findLost(
  store: LaunchPadStore,
  request: LostRequest,
  now: Date,
): Promise<LostResult & { readonly assumed: readonly Failure[] }> {
  if (!request.policy.lostRuns.handle) return { ...NONE, assumed: [] };
  const found = await findLostRuns(store, queryOf(request, now));
  const { launches, fwIds } = found;
  return { launches: launches.length, fwIds, failed: [], assumed: await assumedOf(store, found, now) };
}

async function assumedOf(
  store: LaunchPadStore,
  { launches, fwIds }: LostRuns,
  now: Date,
): Promise<readonly Failure[]> {
  const assumed: Failure[] = [];
  if (fwIds.length === 0) return assumed;
  for await (const firework of store.findFireworks({ ids: fwIds }, 'queue'))
    assumed.push({ firework, launch: lastOf(firework, launches, now) });
  return assumed;
}

function lastOf(firework: Firework, launches: readonly Launch[], now: Date): FailedLaunch | undefined {
  const own = launches.findLast(({ launchId }) => firework.launches.includes(launchId));
  if (!own) return undefined;
  const { launchId, fwId, launchDir, host, timeStart } = own;
  const runtimeSecs = timeStart === null ? null : (now.getTime() - timestampMillis(timeStart)) / 1000;
  return { launchId, fwId, launchDir, host, timeEnd: now, runtimeSecs, error: { kind: 'lost' } };
}

function queryOf({ policy, expirationSecs }: LostRequest, now: Date): LostRunsQuery {
  const { after } = policy.lostRuns;
  return { rules: { now, expirationSecs: after === undefined ? expirationSecs : after / 1000 } };
}
