/** Which Fireworks a worker may claim (semantics.md, section 7), and of these, which ones this program can run. */
import type { LaunchWorker, Value, ValueObject } from '../../domain/model';
import type { Query } from '../../storage/launchpad-store';

/** A computing resource, as my_fworker.yaml describes it. */
export interface Worker {
  readonly name: string;
  readonly category: string | readonly string[];
  readonly query: Query;
  /** The query as it is stored with a launch: JSON text. */
  readonly queryText: string;
  readonly env: ValueObject;
}

/** FireWorks' query of a worker. Its own grows with every use, since it changes the query in place; this one does not. */
export function workerQuery({ name, category, query }: Worker): Query {
  const forMe = [
    { 'spec._fworker': { $exists: false } },
    { 'spec._fworker': null },
    { 'spec._fworker': name },
  ];
  const { $or, ...rest } = query;
  const and = [...listOf(rest['$and']), { $or }, { $or: forMe }];
  const own = $or === undefined ? { ...rest, $or: forMe } : { ...rest, $and: and };
  return { ...own, ...categoryQuery(category) };
}

function categoryQuery(category: Worker['category']): Query {
  if (typeof category !== 'string') {
    return category.length === 0 ? {} : { 'spec._category': { $in: category } };
  }
  if (category === '') return {};
  return { 'spec._category': category === '__none__' ? { $exists: false } : category };
}

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

export function launchWorker({ name, category, queryText, env }: Worker): LaunchWorker {
  return { name, category, query: queryText, env };
}

/** What this program can run, by name. */
export interface Runnable {
  readonly firetasks: readonly string[];
  readonly dupeFinders: readonly string[];
}

/**
 * Fireworks whose Firetasks, background tasks and duplicate finder are all known. `_tasks` is a list or a single object:
 * `$elemMatch` looks into lists only, the plain path into both.
 */
export function runnableQuery({ firetasks, dupeFinders }: Runnable): Query {
  const unknown = { $elemMatch: { _fw_name: { $nin: firetasks } } };
  return {
    $and: [
      { 'spec._tasks': { $not: unknown } },
      { $or: [{ 'spec._tasks._fw_name': { $in: firetasks } }, { 'spec._tasks': { $size: 0 } }] },
      { 'spec._background_tasks': { $not: { $elemMatch: { tasks: unknown } } } },
      { 'spec._dupefinder._fw_name': { $in: [null, ...dupeFinders] } },
    ],
  };
}

/** What this worker's rockets may claim. */
export function claimQuery(worker: Worker, runnable: Runnable): Query {
  return { $and: [workerQuery(worker), runnableQuery(runnable)] };
}
