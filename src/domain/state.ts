/** The nine states of a Firework and their ranks (FireWorks 2.1.4, `Firework.STATE_RANKS`). Launches use the same names. */

export const STATES = [
  'ARCHIVED',
  'FIZZLED',
  'DEFUSED',
  'PAUSED',
  'WAITING',
  'READY',
  'RESERVED',
  'RUNNING',
  'COMPLETED',
] as const;

export type FireworkState = (typeof STATES)[number];

/** A launch is never WAITING or held; READY on a launch means a cancelled reservation. */
export type LaunchState = 'RESERVED' | 'RUNNING' | 'COMPLETED' | 'FIZZLED' | 'READY';

const RANKS: Readonly<Record<FireworkState, number>> = {
  ARCHIVED: -2,
  FIZZLED: -1,
  DEFUSED: 0,
  PAUSED: 0,
  WAITING: 1,
  READY: 2,
  RESERVED: 3,
  RUNNING: 4,
  COMPLETED: 5,
};

export function rankOf(state: FireworkState): number {
  return RANKS[state];
}

export function isFireworkState(text: string): text is FireworkState {
  return (STATES as readonly string[]).includes(text);
}

/** Held by a person or an action: a refresh leaves these alone. */
export function isHeld(state: FireworkState): boolean {
  return state === 'DEFUSED' || state === 'PAUSED' || state === 'ARCHIVED';
}

/** Some process may be working on it. */
export function isUnderWay(state: FireworkState): boolean {
  return state === 'RUNNING' || state === 'RESERVED';
}
