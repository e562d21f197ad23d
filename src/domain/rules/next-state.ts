/** The state rule of a Firework (semantics.md, section 3; FireWorks' `Workflow.refresh`). */
import { rankOf, type FireworkState, type LaunchState } from '../state';

export interface StateRuleInput {
  /** States of the parents as the workflow notes them. */
  readonly parentStates: Iterable<FireworkState>;
  /** `spec._allow_fizzled_parents`. */
  readonly toleratesFizzled: boolean;
  /** States of the active launches, in storage order. */
  readonly launchStates: Iterable<LaunchState>;
}

/** What a Firework that nobody holds is: WAITING for a parent, else what its best launch is, else READY. */
export function nextState({ parentStates, toleratesFizzled, launchStates }: StateRuleInput): FireworkState {
  for (const state of parentStates) if (!satisfies(state, toleratesFizzled)) return 'WAITING';
  let best: LaunchState | undefined;
  for (const state of launchStates) if (best === undefined || rankOf(state) > rankOf(best)) best = state;
  return best ?? 'READY';
}

function satisfies(parentState: FireworkState, toleratesFizzled: boolean): boolean {
  return parentState === 'COMPLETED' || (toleratesFizzled && parentState === 'FIZZLED');
}
