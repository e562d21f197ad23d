/** The state of a workflow (semantics.md, section 2; FireWorks' `Workflow.state`). */
import type { Links } from '../model';
import type { FireworkState } from '../state';
import { childrenOf } from '../workflow-graph';

/**
 * The state of the workflow whose members have these states. `toleratesFizzled` tells whether a member's spec has a true
 * `_allow_fizzled_parents`; it is asked only about children of FIZZLED members.
 */
export function workflowState(
  links: Links,
  states: ReadonlyMap<number, FireworkState>,
  toleratesFizzled: (fwId: number) => boolean,
): FireworkState {
  const found = new Set(states.values());
  if (found.has('COMPLETED') && everyLeafIsCompleted(links, states)) return 'COMPLETED';
  if (found.size === 1 && found.has('ARCHIVED')) return 'ARCHIVED';
  if (found.has('DEFUSED')) return 'DEFUSED';
  if (found.has('PAUSED')) return 'PAUSED';
  if (found.has('FIZZLED')) return isStuck(links, states, toleratesFizzled) ? 'FIZZLED' : 'RUNNING';
  if (found.has('COMPLETED') || found.has('RUNNING')) return 'RUNNING';
  if (found.has('RESERVED')) return 'RESERVED';
  return 'READY';
}

/** False for a workflow without leaves, a cycle: FireWorks calls it COMPLETED at once. */
function everyLeafIsCompleted(links: Links, states: ReadonlyMap<number, FireworkState>): boolean {
  let leaves = 0;
  for (const [node, children] of links) {
    if (children.length > 0) continue;
    if (states.get(node) !== 'COMPLETED') return false;
    leaves += 1;
  }
  return leaves > 0;
}

/** Some FIZZLED member is a leaf, or has a child that does not tolerate it. */
function isStuck(
  links: Links,
  states: ReadonlyMap<number, FireworkState>,
  toleratesFizzled: (fwId: number) => boolean,
): boolean {
  for (const [node, state] of states) {
    if (state !== 'FIZZLED') continue;
    const children = childrenOf(links, node);
    if (children.length === 0 || !children.every(toleratesFizzled)) return true;
  }
  return false;
}
