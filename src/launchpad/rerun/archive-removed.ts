/**
 * Fireworks that a rollback takes out of their workflow come into one of their own, which is ARCHIVED. It comes with the same
 * patch, so that after a crash they are in the one or in the other.
 */
import { randomBytes } from 'node:crypto';
import type { Links, ValueObject } from '../../domain/model';
import {
  broughtArchive,
  insertion,
  leavingMembers,
  withMemberChanges,
  workflowChangeOf,
  type WorkflowPatch,
} from '../../domain/patch';
import { createLinks, parentsByChild } from '../../domain/workflow-graph';
import type { RunContext } from '../run-context';

type Stamp = Pick<RunContext, 'run' | 'now'>;

/** `name` is that of the workflow. */
export function withArchive(patch: WorkflowPatch, name: string, stamp: Stamp): WorkflowPatch {
  const nodes = leavingMembers(patch);
  if (nodes.length === 0) return patch;
  const workflowKey = randomBytes(12).toString('hex');
  const document = archiveOf(patch, nodes, name);
  return withMemberChanges(patch, [
    insertion('workflows', workflowKey, { ...document, ...stamped(document, stamp) }),
  ]);
}

/** Of a plan that was made earlier: as if it had been made now. */
export function restampArchive(patch: WorkflowPatch, stamp: Stamp): WorkflowPatch {
  const archive = broughtArchive(patch);
  if (!archive) return patch;
  const { id, document } = archive;
  const anew = insertion('workflows', id, { ...document, ...stamped(document, stamp) });
  return {
    ...patch,
    changes: patch.changes.map((one) => (one.collection === 'workflows' && one.id === id ? anew : one)),
  };
}

function stamped({ metadata }: ValueObject, { run, now }: Stamp): ValueObject {
  const { rolled_back: about } = metadata as { readonly rolled_back: ValueObject };
  return { metadata: { rolled_back: { ...about, journal_id: run } }, createdOn: now(), updatedOn: now() };
}

function archiveOf(patch: WorkflowPatch, nodes: readonly number[], name: string): ValueObject {
  const own = new Set(nodes);
  const before = new Map(
    (workflowChangeOf(patch)?.fields ?? [])
      .filter(({ path }) => path[0] === 'links')
      .map((field) => [Number(field.path[1]), field.before as readonly number[]]),
  );
  const edges = nodes.flatMap((node) =>
    (before.get(node) ?? []).filter((child) => own.has(child)).map((child) => [node, child] as const),
  );
  const links = createLinks(nodes, edges);
  return {
    nodes,
    links: toStored(links),
    parentLinks: toStored(parentsByChild(links)),
    metadata: { rolled_back: { workflow: name } },
    state: 'ARCHIVED',
    name: `${name} (rolled back)`,
    fwStates: Object.fromEntries(nodes.map((node) => [String(node), 'ARCHIVED'])),
  };
}

function toStored(links: Links): ValueObject {
  return Object.fromEntries([...links].map(([node, others]) => [String(node), others]));
}
