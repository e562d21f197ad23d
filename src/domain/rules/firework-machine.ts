/**
 * Which events a state of a Firework allows, and where they lead: the only place that knows. FireWorks has no such table;
 * its operations test states one by one (semantics.md, sections 1, 6 and 10).
 *
 * RERUN is a rerun of the Firework itself, RESET what a rerun of an ancestor does to it, RESET_HELD the same for one that
 * somebody holds (`--reset-held`). EDIT is a change of the spec by a person, which changes no state. RELEASE and BLOCK come from the parents: the state rule (next-state.ts) decides when.
 */
import { createMachine, transition as pureTransition } from 'xstate';
import { STATES, type FireworkState } from '../state';

export const EVENTS = [
  'RELEASE',
  'BLOCK',
  'RESERVE',
  'START',
  'COMPLETE',
  'FIZZLE',
  'RERUN',
  'RESET',
  'RESET_HELD',
  'PAUSE',
  'RESUME',
  'DEFUSE',
  'REIGNITE',
  'ARCHIVE',
  'EDIT',
] as const;

export type FireworkEvent = (typeof EVENTS)[number];

/** RERUN leads to WAITING, from where RELEASE follows at once when no parent is pending. */
export const fireworkMachine = createMachine({
  id: 'firework',
  initial: 'WAITING',
  states: {
    WAITING: {
      on: {
        RELEASE: 'READY',
        PAUSE: 'PAUSED',
        DEFUSE: 'DEFUSED',
        ARCHIVE: 'ARCHIVED',
        EDIT: 'WAITING',
      },
    },
    READY: {
      on: {
        BLOCK: 'WAITING',
        RESERVE: 'RESERVED',
        START: 'RUNNING',
        RERUN: 'WAITING',
        RESET: 'WAITING',
        PAUSE: 'PAUSED',
        DEFUSE: 'DEFUSED',
        ARCHIVE: 'ARCHIVED',
        EDIT: 'READY',
      },
    },
    RESERVED: {
      on: {
        START: 'RUNNING',
        FIZZLE: 'FIZZLED',
        RERUN: 'WAITING',
        RESET: 'WAITING',
        PAUSE: 'PAUSED',
        ARCHIVE: 'ARCHIVED',
      },
    },
    RUNNING: {
      on: {
        COMPLETE: 'COMPLETED',
        FIZZLE: 'FIZZLED',
        RERUN: 'WAITING',
        RESET: 'WAITING',
        ARCHIVE: 'ARCHIVED',
      },
    },
    COMPLETED: { on: { RERUN: 'WAITING', RESET: 'WAITING', ARCHIVE: 'ARCHIVED' } },
    FIZZLED: {
      on: {
        RERUN: 'WAITING',
        RESET: 'WAITING',
        DEFUSE: 'DEFUSED',
        ARCHIVE: 'ARCHIVED',
        EDIT: 'FIZZLED',
      },
    },
    PAUSED: {
      on: {
        RESUME: 'WAITING',
        RERUN: 'WAITING',
        RESET_HELD: 'WAITING',
        DEFUSE: 'DEFUSED',
        ARCHIVE: 'ARCHIVED',
        EDIT: 'PAUSED',
      },
    },
    DEFUSED: {
      on: { REIGNITE: 'WAITING', RESET_HELD: 'WAITING', ARCHIVE: 'ARCHIVED', EDIT: 'DEFUSED' },
    },
    ARCHIVED: { on: { RESET_HELD: 'WAITING' } },
  },
});

type TransitionTable = Readonly<
  Record<FireworkState, Readonly<Partial<Record<FireworkEvent, FireworkState>>>>
>;

let table: TransitionTable | undefined;

/** Asked thousands of times per command: a transition of XState costs 20 µs, so that every answer is taken once. */
export function transitionTable(): TransitionTable {
  table ??= Object.fromEntries(STATES.map((state) => [state, transitionsFrom(state)])) as TransitionTable;
  return table;
}

function transitionsFrom(state: FireworkState): Partial<Record<FireworkEvent, FireworkState>> {
  const snapshot = fireworkMachine.resolveState({ value: state });
  const known: Partial<Record<FireworkEvent, FireworkState>> = {};
  for (const type of EVENTS) {
    if (!snapshot.can({ type })) continue;
    const [after] = pureTransition(fireworkMachine, snapshot, { type });
    known[type] = after.value as FireworkState;
  }
  return known;
}

/** Where this event leads from this state; undefined when the state does not allow it. */
export function transition(state: FireworkState, event: FireworkEvent): FireworkState | undefined {
  return transitionTable()[state][event];
}

export function allows(state: FireworkState, event: FireworkEvent): boolean {
  return transition(state, event) !== undefined;
}
