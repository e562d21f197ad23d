import { readFileSync } from 'node:fs';
import { getAdjacencyMap, getShortestPaths } from 'xstate/graph';
import { STATES_DOCUMENT, statesDocument } from '../../../scripts/states-document';
import {
  EVENTS,
  allows,
  fireworkMachine,
  transition,
  transitionTable,
} from '../../../src/domain/rules/firework-machine';
import { STATES, type FireworkState } from '../../../src/domain/state';

/** What the walk yields of a state; its types are lost in a machine without types of its own. */
interface Walked {
  readonly state: { readonly value: unknown; can(event: { type: string }): boolean };
  readonly transitions: Readonly<Record<string, { readonly state: { readonly value: unknown } } | undefined>>;
}

const events = EVENTS.map((type) => ({ type }));

describe('the state machine of a Firework', () => {
  it('reaches all nine states', () => {
    const reached = getShortestPaths(fireworkMachine, { events }).map(({ state }) => state.value);
    expect([...new Set(reached)].sort()).toEqual([...STATES].sort());
  });

  it('agrees with its table on every event in every state', () => {
    const walked = Object.values(getAdjacencyMap(fireworkMachine, { events })) as readonly Walked[];
    expect(walked).toHaveLength(STATES.length);
    for (const { state, transitions } of walked) {
      const from = state.value as FireworkState;
      for (const event of EVENTS) {
        const step = transitions[JSON.stringify({ type: event })];
        const to = step && state.can({ type: event }) ? step.state.value : undefined;
        expect([from, event, transition(from, event)]).toEqual([from, event, to]);
      }
    }
  });

  it('lets no event change what is ARCHIVED except an explicit reset of held work', () => {
    expect(transitionTable().ARCHIVED).toEqual({ RESET_HELD: 'WAITING' });
  });

  it.each(['WAITING', 'DEFUSED', 'ARCHIVED'] as const)('does not rerun what is %s', (state) => {
    expect(allows(state, 'RERUN')).toBe(false);
  });

  it.each(['FIZZLED', 'COMPLETED', 'READY', 'PAUSED', 'RESERVED', 'RUNNING'] as const)(
    'reruns what is %s',
    (state) => {
      expect(transition(state, 'RERUN')).toBe('WAITING');
    },
  );

  it('is what docs/states.md shows (npm run docs:states writes it)', () => {
    expect(readFileSync(STATES_DOCUMENT, 'utf8')).toBe(statesDocument());
  });
});
