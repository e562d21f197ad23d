/** On how many cores a launch ran, as far as its Firework or its worker says. */
import { isObject, type Value, type ValueObject } from '../model';

const NODES = ['nnodes', 'nodes', 'select'] as const;
const PER_NODE = ['ppnode', 'ntasks_per_node', 'ncpus', 'cores_per_node'] as const;

/**
 * What the queue was asked for (`spec._queueadapter`, in the words of Slurm, PBS and SGE templates); else `cores` of the
 * worker's `env`; else one.
 */
export function coresOf(queueAdapter: Value, workerCores: number | undefined): number {
  return askedCores(queueAdapter) ?? workerCores ?? 1;
}

/** What a launch took, on the cores that its spec asked for, or its worker has. */
export function coreHoursOf(
  { _queueadapter: asked }: ValueObject,
  workerCores: number | undefined,
  runtimeSecs: number | null | undefined,
): number {
  return (coresOf(asked, workerCores) * (runtimeSecs ?? 0)) / 3600;
}

function askedCores(queueAdapter: Value): number | undefined {
  if (!isObject(queueAdapter)) return undefined;
  const first = (names: readonly string[]): number | undefined =>
    names.map((name) => countIn(queueAdapter[name])).find((count) => count !== undefined);
  const perTask = first(['cpus_per_task']) ?? 1;
  const tasks = first(['ntasks', 'mppwidth', 'ncores']);
  if (tasks !== undefined) return tasks * perTask;
  const [nodes, perNode] = [first(NODES), first(PER_NODE)];
  if (nodes === undefined && perNode === undefined) return undefined;
  return (nodes ?? 1) * (perNode ?? 1) * perTask;
}

/** Numbers in templates are often texts. */
function countIn(value: Value): number | undefined {
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^\s*\d+\s*$/.test(value));
  const count = isNumeric ? Number(value) : NaN;
  return Number.isInteger(count) && count > 0 ? count : undefined;
}
