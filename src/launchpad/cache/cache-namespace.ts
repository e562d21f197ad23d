/** The cache namespace of a workflow, `metadata.cache_namespace`: results are shared within one, and never across. */
import { CACHE_FLAG } from '../../domain/cache-entry';
import { isObject, type NewWorkflow, type Value } from '../../domain/model';
import { isTruthy } from '../../domain/workflow-draft';
import { LpadError } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';

const FIELD = 'cache_namespace';

/** It is a part of a key in the database. */
const LONGEST = 200;

/** What is wrong with a namespace; undefined when nothing is. */
export function namespaceProblem(namespace: Value): string | undefined {
  if (typeof namespace !== 'string') return 'a cache namespace must be a text';
  if (namespace.trim() === '') return 'a cache namespace must not be empty';
  if (/\p{Cc}/u.test(namespace)) return 'a cache namespace must not have control characters';
  const { length } = Array.from(namespace);
  if (length <= LONGEST) return undefined;
  return `a cache namespace has at most ${String(LONGEST)} characters, and this one has ${String(length)}`;
}

/** The workflow with this namespace, whatever it had before. Throws BAD_WORKFLOW. */
export function withCacheNamespace(workflow: NewWorkflow, namespace: Value): NewWorkflow {
  const { name, metadata } = workflow;
  const problem = isObject(metadata) ? namespaceProblem(namespace) : 'its metadata is no object';
  if (problem !== undefined) throw unusable(name, problem);
  return { ...workflow, metadata: { ...(metadata as object), [FIELD]: namespace } };
}

/**
 * What a person will wonder about in a workflow that is to be added: `_cache` that has no effect. Throws BAD_WORKFLOW for a
 * namespace that cannot be one, where it matters.
 */
export function cacheWarnings(
  workflow: Pick<NewWorkflow, 'name' | 'metadata' | 'fireworks'>,
): readonly string[] {
  const { name, fireworks } = workflow;
  const asked = fireworks.filter(({ spec }) => isTruthy(spec[CACHE_FLAG]));
  const warnings = asked
    .filter(({ spec }) => spec[CACHE_FLAG] !== true)
    .map((one) => `workflow ${name}: _cache of ${one.name} must be true or false; nothing of it is cached`);
  if (asked.length === 0) return warnings;
  const namespace = cacheNamespaceOf(workflow);
  const problem = namespace === undefined ? undefined : namespaceProblem(namespace);
  if (problem !== undefined) throw unusable(name, `metadata.cache_namespace: ${problem}`);
  if (namespace !== undefined) return warnings;
  const why =
    '_cache has no effect without a cache namespace: add --cache-namespace, or metadata.cache_namespace';
  return [...warnings, `workflow ${name}: ${why}`];
}

function unusable(name: string, problem: string): LpadError {
  return new LpadError('BAD_WORKFLOW', `workflow ${name}: ${problem}; nothing was added`);
}

/** As a workflow that is to be added has it; undefined where it has none. */
export function cacheNamespaceOf({ metadata }: Pick<NewWorkflow, 'metadata'>): Value {
  return isObject(metadata) ? metadata[FIELD] : undefined;
}

/** Of the workflow of a Firework, without reading its graph. */
export async function readCacheNamespace(store: LaunchPadStore, fwId: number): Promise<Value> {
  const fields = [`metadata.${FIELD}`];
  const request = { collection: 'workflows', where: { nodes: fwId }, fields, limit: 1 } as const;
  for await (const found of store.readFields(request)) {
    const metadata = found['metadata'] ?? {};
    return cacheNamespaceOf({ metadata });
  }
  return undefined;
}
