/** For what failed alike more than once: whether it would meet the same again. */
import type { Firework, Launch } from '../../domain/model';
import type { LaunchRecord } from '../../domain/launch-record';
import type { Circumstances, FailureFacts, Repeats } from '../../domain/recovery/failure-facts';
import { matchRule } from '../../domain/recovery/match-rule';
import type { RecoveryPolicy, RuleAction } from '../../domain/recovery/policy';
import { countRepeats, ENOUGH, startOf } from '../../domain/recovery/repeats';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';

/** Whole specs are read for so many at a time. */
const BATCH = 200;

interface Candidate {
  readonly facts: FailureFacts;
  readonly action: Extract<RuleAction, { readonly kind: 'rerun' }>;
  /** With the error of the last one, ascending. */
  readonly launchIds: readonly number[];
}

export async function loadRepeats(
  store: LaunchPadStore,
  policy: RecoveryPolicy,
  failures: readonly FailureFacts[],
  now: number,
): Promise<ReadonlyMap<number, Repeats>> {
  const candidates = failures.flatMap((facts) => candidateOf(policy, facts, now));
  const repeats = new Map<number, Repeats>();
  for (let start = 0; start < candidates.length; start += BATCH) {
    const batch = candidates.slice(start, start + BATCH);
    const known = await readCircumstances(store, batch);
    for (const one of batch) {
      const counted = repeatsOf(one, known);
      if (counted) repeats.set(one.facts.fwId, counted);
    }
  }
  return repeats;
}

function candidateOf(policy: RecoveryPolicy, facts: FailureFacts, now: number): readonly Candidate[] {
  const alike = facts.attempts.filter(({ fingerprint }) => fingerprint === facts.fingerprint);
  if (alike.length < ENOUGH) return [];
  const { action, transient } = matchRule(policy, facts, now)?.rule ?? {};
  // Of a transient failure nobody asks.
  if (action?.kind !== 'rerun' || transient) return [];
  return [{ facts, action, launchIds: alike.map(({ launchId }) => launchId) }];
}

interface Known {
  readonly launches: ReadonlyMap<number, Launch>;
  readonly records: ReadonlyMap<number, LaunchRecord>;
  readonly fireworks: ReadonlyMap<number, Firework>;
}

async function readCircumstances(store: LaunchPadStore, batch: readonly Candidate[]): Promise<Known> {
  const ids = batch.flatMap(({ launchIds }) => launchIds);
  const launches = await launchesById(store, ids, 'brief');
  const records = new Map<number, LaunchRecord>();
  for await (const one of store.findLaunchRecords(ids)) records.set(one.launchId, one);
  const fireworks = new Map<number, Firework>();
  const fwIds = batch.map(({ facts }) => facts.fwId);
  for await (const one of store.findFireworks({ ids: fwIds }, 'all')) fireworks.set(one.fwId, one);
  return { launches, records, fireworks };
}

function repeatsOf({ facts, action, launchIds }: Candidate, known: Known): Repeats | undefined {
  const { fwId, lost } = facts;
  const spec = known.fireworks.get(fwId)?.spec;
  if (!spec) return undefined;
  const failed = launchIds.map((id): Circumstances => {
    const launch = known.launches.get(id);
    const record = known.records.get(id);
    const host = launch?.host ?? '';
    const name = launch?.fworker.name ?? '';
    // A run is lost with its node: on another one it is another try.
    return { spec: record?.spec, source: record?.sourcecode, worker: lost ? `${name} ${host}` : name, host };
  });
  const checkpoint = known.launches.get(launchIds.at(-1) ?? 0)?.stateHistory.at(-1)?.checkpoint;
  const firstTask = action.taskLevel && checkpoint ? Number(checkpoint['_task_n'] ?? 0) : startOf(spec);
  return countRepeats(failed, { spec, edits: action.edits, firstTask });
}
