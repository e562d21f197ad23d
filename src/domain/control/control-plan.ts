/**
 * Pausing, resuming, defusing, reigniting and archiving: who of the targets in one workflow is changed, who is left alone and
 * why (semantics.md, section 10). The machine says what a state allows. The refresh that follows is the caller's.
 */
import { allows, transition } from '../rules/firework-machine';
import type { Firework, Launch } from '../model';
import { resetFirework } from '../rerun/reset-firework';
import { fenceNote } from '../rerun/rerun-words';
import { findReset } from '../rerun/rerun-walk';
import { isUnderWay } from '../state';
import type { WorkflowDraft } from '../workflow-draft';
import { topologicalOrder } from '../workflow-graph';
import type { ControlEvent, ControlTarget } from './control-target';
import { whyNot } from './why-not';

export type { ControlEvent, ControlTarget };

export interface ControlOptions {
  readonly event: ControlEvent;
  /**
   * What the event does not apply to is rerun first, so that it does: results of COMPLETED members are archived
   * (`--defuse_all_states`, and always before an ARCHIVE).
   */
  readonly rerunFirst: boolean;
}

/** Makes the change in the draft. `launches` are those of members under way, for what is said of them. */
export function applyControl(
  draft: WorkflowDraft,
  targets: ReadonlySet<number>,
  { event, rerunFirst }: ControlOptions,
  launches: ReadonlyMap<number, Launch>,
): readonly ControlTarget[] {
  const found = orderTargets(draft, targets).flatMap((fwId) => draft.view.fireworks.get(fwId) ?? []);
  const notes = new Map(found.map(({ fwId }) => [fwId, [] as string[]]));
  const isTarget = (firework: Firework): boolean => allows(firework.state, event);
  const isRerun = (firework: Firework): boolean =>
    rerunFirst && allows(firework.state, 'RERUN') && (event === 'ARCHIVE' || !isTarget(firework));
  const rerun = found.filter(isRerun);
  const passed = new Set<number>();
  // What is held comes along into the archive, since its launches were made from results that go.
  const walk = { includeRunning: true, resetHeld: event === 'ARCHIVE' };
  for (const firework of rerun) {
    const reset = findReset(draft, firework.fwId, walk, passed);
    resetAll(draft, [firework.fwId, ...reset.map(({ fwId }) => fwId)], notes, launches);
  }
  if (rerun.length > 0) draft.touchWorkflow();
  return found.map((firework) => {
    const { fwId, name, state: from } = firework;
    // A rerun leads to WAITING; one that it reset although it was ARCHIVED becomes so again.
    const to = transition(from, event) ?? transition(draft.stateOf(fwId), event);
    if (to === undefined) return { fwId, name, from, to: from, ...whyNot(event, firework), notes: [] };
    draft.putState(fwId, to);
    return { fwId, name, from, to, outcome: 'changed', notes: notes.get(fwId) ?? [] };
  });
}

function orderTargets({ view }: WorkflowDraft, targets: ReadonlySet<number>): readonly number[] {
  if (targets.size <= 1) return [...targets];
  return topologicalOrder(view.workflow.links).filter((node) => targets.has(node));
}

function resetAll(
  draft: WorkflowDraft,
  ids: readonly number[],
  notes: ReadonlyMap<number, string[]>,
  launches: ReadonlyMap<number, Launch>,
): void {
  for (const fwId of ids) {
    const member = draft.view.fireworks.get(fwId);
    if (!member) continue;
    for (const id of draft.launchesOf(fwId)) {
      if (isUnderWay(member.state)) notes.get(fwId)?.push(fenceNote(draft, fwId, launches.get(id), id));
    }
    resetFirework(draft, member);
  }
}
