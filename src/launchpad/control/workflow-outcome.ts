/** The outcome of a workflow from those of its members. */
import type { WorkflowView } from '../../domain/model';
import { workflowChangeOf, type WorkflowPatch } from '../../domain/patch';
import { isUnderWay, type FireworkState } from '../../domain/state';
import type { FireworkOutcome, WorkflowOutcome } from './control-report';

export interface WorkflowChange {
  /** By which the workflow is shown. */
  readonly fwId: number;
  readonly view: WorkflowView;
  readonly patch: WorkflowPatch;
}

export function workflowOutcome(
  { fwId, view: { workflow }, patch }: WorkflowChange,
  members: readonly FireworkOutcome[],
): WorkflowOutcome {
  const fireworks = [...members].sort((one, other) => one.fwId - other.fwId);
  const having = (outcome: FireworkOutcome['outcome']): boolean =>
    fireworks.some((one) => one.outcome === outcome);
  const facts = { fwId, name: workflow.name, from: workflow.state, fireworks };
  if (having('changed'))
    return { ...facts, to: stateAfter(patch, workflow.state), outcome: 'changed', notes: notesOf(fireworks) };
  const outcome = having('failed') ? 'failed' : having('refused') ? 'refused' : 'skipped';
  const reason =
    workflow.state === 'ARCHIVED' ? 'is ARCHIVED already' : `no member can be: ${statesIn(fireworks)}`;
  return { ...facts, to: workflow.state, outcome, reason, notes: notesOf(fireworks) };
}

function stateAfter(patch: WorkflowPatch, before: FireworkState): FireworkState {
  const fields = workflowChangeOf(patch)?.fields ?? [];
  const state = fields.find(({ path }) => path[0] === 'state');
  return state ? (state.after as FireworkState) : before;
}

/** Members that a person should look after: what was not done, what goes on, and what there is to know of the others. */
function notesOf(members: readonly FireworkOutcome[]): readonly string[] {
  return members.flatMap(({ fwId, name, outcome, reason, from, notes }) => {
    const isWorthIt = outcome !== 'skipped' || (from !== undefined && isUnderWay(from));
    const why = reason !== undefined && isWorthIt ? [`${String(fwId)} (${name}) ${reason}`] : [];
    return [...why, ...notes.map((note) => `${String(fwId)} (${name}): ${note}`)];
  });
}

/** `2 COMPLETED, 1 RUNNING`. */
function statesIn(members: readonly FireworkOutcome[]): string {
  const counts = new Map<string, number>();
  for (const { from } of members) if (from) counts.set(from, (counts.get(from) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${String(count)} ${state}`).join(', ');
}
