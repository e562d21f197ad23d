/** Lost runs found, and on request ended: FIZZLED, or rerun; and what is inconsistent refreshed. */
import type { WorkflowPatch } from '../../domain/patch';
import type { LaunchPadStore, Query } from '../../storage/launchpad-store';
import { planRefreshes } from '../refresh/refresh-locked';
import { rerunFireworks, type RerunOptions, type RerunRequest } from '../rerun/rerun-fireworks';
import type { RerunReport } from '../rerun/rerun-report';
import type { RunContext } from '../run-context';
import { commitPatchesOf, type MemberOutcome, type PatchRequest } from './commit-changes';
import { endLostLaunches, lostEndings } from './end-launches';
import { findInconsistent, findLostRuns, type LostRuns, type LostRunsQuery } from './find-lost-runs';

export interface LostRunsRequest extends Pick<
  RerunRequest,
  'dryRun' | 'signal' | 'lockWaitMs' | 'noDuplicates'
> {
  readonly query: LostRunsQuery;
  readonly found: LostRuns;
  /** Undefined leaves lost runs as they are. */
  readonly fix?: 'fizzle' | 'rerun' | undefined;
  readonly rerunOptions: RerunOptions;
  readonly refresh: boolean;
}

export interface LostRunsReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly rerun?: RerunReport | undefined;
  /** Workflows in which a lost run was made FIZZLED. */
  readonly fizzled: readonly MemberOutcome[];
  readonly inconsistent: readonly number[];
  readonly refreshed: readonly MemberOutcome[];
}

/** A rerun writes its batches from 0 on: so many has none. */
const AFTER_RERUN = 50_000;
const AFTER_FIZZLE = 70_000;

export async function handleLostRuns(
  store: LaunchPadStore,
  request: LostRunsRequest,
  context: RunContext,
): Promise<LostRunsReport> {
  const { query, found, fix, dryRun } = request;
  const rerun = fix === 'rerun' ? await rerunLost(store, request, context) : undefined;
  // Also what a rerun had to refuse: nobody runs it any more.
  const again = rerun && !dryRun ? await findLostRuns(store, query) : found;
  const fizzled =
    fix === undefined || (fix === 'rerun' && dryRun)
      ? []
      : await endLostLaunches(
          store,
          { ...pick(request), launches: again.launches, rules: query.rules, firstEntry: AFTER_RERUN },
          context,
        );
  if (fix !== undefined && !dryRun) await forgetOffline(store, found);
  const inconsistent = await findInconsistent(store, query.fireworks);
  const refreshed = request.refresh ? await refreshMembers(store, inconsistent, pick(request), context) : [];
  const changed = [...fizzled, ...refreshed].some(({ outcome }) => outcome === 'changed');
  const written = !dryRun && (changed || rerun?.journalId !== undefined);
  return { ...(written ? { journalId: context.run } : {}), rerun, fizzled, inconsistent, refreshed };
}

function pick({ dryRun, signal, lockWaitMs }: LostRunsRequest): PatchRequest {
  return { dryRun, ...(signal ? { signal } : {}), ...(lockWaitMs === undefined ? {} : { lockWaitMs }) };
}

function rerunLost(
  store: LaunchPadStore,
  request: LostRunsRequest,
  context: RunContext,
): Promise<RerunReport> {
  const { query, found, rerunOptions, noDuplicates } = request;
  return rerunFireworks(
    store,
    {
      ids: found.fwIds,
      selection: { where: runningQuery(query.fireworks) },
      options: rerunOptions,
      noDuplicates,
      ...pick(request),
      ending: lostEndings(store, found.launches, query.rules),
    },
    context,
  );
}

function runningQuery(more: Query | undefined): Query {
  return { $and: [{ state: 'RUNNING' }, more ?? {}] };
}

/** The files that such a run may still leave are not read any more: they would bring back what was given up. */
async function forgetOffline(store: LaunchPadStore, { launches }: LostRuns): Promise<void> {
  const ids: number[] = [];
  for await (const { launchId, state } of store.findLaunches(
    launches.map(({ launchId }) => launchId),
    'brief',
  )) {
    if (state === 'FIZZLED') ids.push(launchId);
  }
  if (ids.length > 0) await store.updateOfflineRuns({ launchIds: ids }, { deprecated: true });
}

/** By the state rule, from these members on. */
export async function refreshMembers(
  store: LaunchPadStore,
  fwIds: readonly number[],
  request: PatchRequest,
  context: RunContext,
): Promise<readonly MemberOutcome[]> {
  const memberships = await store.findMemberships(fwIds);
  const plan = async (held: typeof memberships): Promise<readonly WorkflowPatch[]> => {
    const plans = await planRefreshes(store, held, { now: context.now });
    return plans.map(({ patch }) => patch);
  };
  return commitPatchesOf(store, memberships, plan, { ...request, firstEntry: AFTER_FIZZLE }, context);
}
