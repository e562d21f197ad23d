/** `lpad introspect`: what failures have in common, beside what succeeded. */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import type { LaunchPadStore, ReportedCollection } from '../../storage/launchpad-store';
import { inBatches } from '../in-batches';
import { flatten, type Pair } from './flatten';

export interface IntrospectRequest {
  /** So many of the newest FIZZLED, and of the newest COMPLETED; 0 is all. */
  readonly newest: number;
  /** Percent: what differs by less is left out. */
  readonly threshold: number;
}

/** How often a pair of key and value occurs among the COMPLETED and among the FIZZLED. */
export interface Difference extends Pair {
  readonly completed: number;
  readonly fizzled: number;
  /** Occurrences per hundred COMPLETED less those per hundred FIZZLED. */
  readonly difference: number;
}

export interface TraceCount {
  readonly trace: string;
  readonly count: number;
}

const TRACE = 'action.stored_data._exception._stacktrace';
const NO_TRACE = '<NO_STACKTRACE>';

/** Stack traces of the active launches that FIZZLED last, the most frequent last. */
export async function countTraces(
  store: LaunchPadStore,
  { newest, threshold }: IntrospectRequest,
): Promise<readonly TraceCount[]> {
  const counts = new Map<string, number>();
  let total = 0;
  for await (const doc of newestActiveFailures(store, newest)) {
    const trace = traceOf(doc);
    counts.set(trace, (counts.get(trace) ?? 0) + 1);
    total += 1;
  }
  return [...counts]
    .map(([trace, count]) => ({ trace, count }))
    .filter(({ count }) => (100 * count) / total >= threshold)
    .sort((one, other) => one.count - other.count);
}

/** So many launches are looked at together. */
const BATCH = 1000;

async function* newestActiveFailures(store: LaunchPadStore, newest: number): AsyncGenerator<ValueObject> {
  const request = {
    collection: 'launches',
    where: { state: 'FIZZLED' },
    fields: ['launch_id', TRACE],
    newestBy: 'time_end',
  } as const;
  let count = 0;
  for await (const batch of inBatches(store.readFields(request), BATCH)) {
    const owners = await store.findFireworksOfLaunches(batch.map((doc) => Number(doc['launch_id'])));
    for (const doc of batch) {
      if (!owners.has(Number(doc['launch_id']))) continue;
      yield doc;
      count += 1;
      if (count === newest) return;
    }
  }
}

function traceOf(doc: ValueObject): string {
  let value: Value = doc;
  for (const key of TRACE.split('.')) value = isObject(value) ? value[key] : undefined;
  return typeof value === 'string' ? value : NO_TRACE;
}

/** What is compared: the names of Firetasks, specs or metadata. */
export type Compared = 'tasks' | 'fireworks' | 'workflows';

interface Subject {
  readonly collection: ReportedCollection;
  readonly field: string;
  readonly pairsOf: (doc: ValueObject) => readonly Pair[];
}

const SUBJECTS: Readonly<Record<Compared, Subject>> = {
  tasks: { collection: 'fireworks', field: 'spec._tasks', pairsOf: (doc) => taskNames(doc['spec']) },
  fireworks: { collection: 'fireworks', field: 'spec', pairsOf: (doc) => flatten(doc['spec'] ?? {}) },
  workflows: { collection: 'workflows', field: 'metadata', pairsOf: (doc) => flatten(doc['metadata'] ?? {}) },
};

function taskNames(spec: Value): readonly Pair[] {
  const tasks: readonly Value[] = isObject(spec) && Array.isArray(spec['_tasks']) ? spec['_tasks'] : [];
  return tasks.filter(isObject).map((task) => ({ key: '_fw_name', value: String(task['_fw_name']) }));
}

/** The largest difference in favour of COMPLETED first. */
export async function compareFailures(
  store: LaunchPadStore,
  compared: Compared,
  { newest, threshold }: IntrospectRequest,
): Promise<readonly Difference[]> {
  const completed = await countPairs(store, SUBJECTS[compared], 'COMPLETED', newest);
  const fizzled = await countPairs(store, SUBJECTS[compared], 'FIZZLED', newest);
  const keys = new Set([...completed.counts.keys(), ...fizzled.counts.keys()]);
  const differences = [...keys].map((text): Difference => {
    const [key, value] = JSON.parse(text) as [string, string];
    const [good, bad] = [completed.counts.get(text) ?? 0, fizzled.counts.get(text) ?? 0];
    const difference = perHundred(good, completed.documents) - perHundred(bad, fizzled.documents);
    return { key, value, completed: good, fizzled: bad, difference };
  });
  return differences
    .filter(({ difference }) => Math.abs(difference) >= threshold)
    .sort((one, other) => other.difference - one.difference || inOrder(one, other));
}

function perHundred(count: number, documents: number): number {
  return count === 0 ? 0 : (count / documents) * 100;
}

function inOrder(one: Pair, other: Pair): number {
  return one.key.localeCompare(other.key) || one.value.localeCompare(other.value);
}

interface PairCounts {
  readonly documents: number;
  readonly counts: ReadonlyMap<string, number>;
}

async function countPairs(
  store: LaunchPadStore,
  { collection, field, pairsOf }: Subject,
  state: string,
  newest: number,
): Promise<PairCounts> {
  const counts = new Map<string, number>();
  let documents = 0;
  const limit = newest === 0 ? {} : { limit: newest };
  const request = {
    collection,
    where: { state },
    fields: [field],
    newestBy: 'updated_on',
    ...limit,
  } as const;
  for await (const doc of store.readFields(request)) {
    documents += 1;
    for (const { key, value } of pairsOf(doc)) {
      const text = JSON.stringify([key, value]);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return { documents, counts };
}
