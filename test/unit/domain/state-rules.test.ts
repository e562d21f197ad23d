import { nextState } from '../../../src/domain/rules/next-state';
import type { FireworkState } from '../../../src/domain/state';
import { isoTimestamp, timestampMillis } from '../../../src/domain/timestamps';
import { createLinks } from '../../../src/domain/workflow-graph';
import { workflowState } from '../../../src/domain/rules/workflow-state';
import { createDraft } from '../../../src/domain/workflow-draft';
import { refreshFirework } from '../../../src/domain/rules/refresh';
import { NOW, workflow } from '../../support/workflow-builder';

describe('the state of a Firework', () => {
  const rule = (
    parentStates: FireworkState[],
    launchStates: ('RUNNING' | 'FIZZLED' | 'COMPLETED')[] = [],
    toleratesFizzled = false,
  ) => nextState({ parentStates, launchStates, toleratesFizzled });

  it('is READY without parents and launches', () => expect(rule([])).toBe('READY'));
  it('is WAITING for a parent that is not COMPLETED', () =>
    expect(rule(['COMPLETED', 'RUNNING'])).toBe('WAITING'));
  it('is WAITING for a FIZZLED parent', () => expect(rule(['FIZZLED'])).toBe('WAITING'));
  it('is not when it tolerates FIZZLED parents', () => expect(rule(['FIZZLED'], [], true)).toBe('READY'));
  it('is WAITING for a parent whatever its launches say', () =>
    expect(rule(['READY'], ['COMPLETED'])).toBe('WAITING'));
  it('is that of its best launch', () =>
    expect(rule(['COMPLETED'], ['FIZZLED', 'COMPLETED', 'RUNNING'])).toBe('COMPLETED'));
  it('is WAITING for a parent that is held', () => expect(rule(['DEFUSED'], [], true)).toBe('WAITING'));
});

describe('a refresh of a Firework', () => {
  const refreshed = (launches: readonly number[], known: ReadonlyMap<number, 'FIZZLED'>): FireworkState => {
    const draft = createDraft(workflow().node(1).state(1, 'COMPLETED').launches(1, launches).view(), NOW);
    refreshFirework(draft, 1, (id) => known.get(id));
    return draft.stateOf(1);
  };

  it('follows its launches', () => expect(refreshed([7], new Map([[7, 'FIZZLED']]))).toBe('FIZZLED'));
  it('leaves one alone of whose launches a document is missing: it may have computed for months', () =>
    expect(refreshed([7], new Map())).toBe('COMPLETED'));
});

describe('the state of a workflow', () => {
  const links = createLinks(
    [1, 2, 3],
    [
      [1, 2],
      [1, 3],
    ],
  );
  const stateOf = (states: FireworkState[], tolerant: number[] = []): FireworkState =>
    workflowState(links, new Map(states.map((state, index) => [index + 1, state])), (fwId) =>
      tolerant.includes(fwId),
    );

  it.each<[FireworkState[], number[], FireworkState]>([
    [['COMPLETED', 'COMPLETED', 'COMPLETED'], [], 'COMPLETED'],
    [['FIZZLED', 'COMPLETED', 'COMPLETED'], [], 'COMPLETED'],
    [['ARCHIVED', 'ARCHIVED', 'ARCHIVED'], [], 'ARCHIVED'],
    [['ARCHIVED', 'DEFUSED', 'PAUSED'], [], 'DEFUSED'],
    [['COMPLETED', 'PAUSED', 'FIZZLED'], [], 'PAUSED'],
    [['FIZZLED', 'WAITING', 'WAITING'], [], 'FIZZLED'],
    [['FIZZLED', 'WAITING', 'WAITING'], [2], 'FIZZLED'],
    [['FIZZLED', 'READY', 'READY'], [2, 3], 'RUNNING'],
    [['COMPLETED', 'FIZZLED', 'READY'], [], 'FIZZLED'],
    [['COMPLETED', 'READY', 'READY'], [], 'RUNNING'],
    [['RUNNING', 'WAITING', 'WAITING'], [], 'RUNNING'],
    [['RESERVED', 'WAITING', 'WAITING'], [], 'RESERVED'],
    [['READY', 'WAITING', 'WAITING'], [], 'READY'],
    [['WAITING', 'WAITING', 'WAITING'], [], 'READY'],
  ])('of members %j where %j tolerate FIZZLED parents is %s', (states, tolerant, expected) => {
    expect(stateOf(states, tolerant)).toBe(expected);
  });

  it('is never COMPLETED for a cycle, which has no leaf', () => {
    const cycle = createLinks(
      [1, 2],
      [
        [1, 2],
        [2, 1],
      ],
    );
    expect(
      workflowState(
        cycle,
        new Map([
          [1, 'COMPLETED'],
          [2, 'WAITING'],
        ]),
        () => false,
      ),
    ).toBe('RUNNING');
  });
});

describe('timestamps', () => {
  it('have microseconds, and no fraction when it is zero, as Python writes them', () => {
    expect(isoTimestamp(new Date('2026-11-21T08:01:43.755Z'))).toBe('2026-11-21T08:01:43.755000+00:00');
    expect(isoTimestamp(new Date('2026-11-21T08:01:43.000Z'))).toBe('2026-11-21T08:01:43+00:00');
  });

  it('are read with a zone, without one as UTC, and as dates', () => {
    const moment = Date.UTC(2026, 10, 21, 8, 1, 43, 755);
    expect(timestampMillis('2026-11-21T08:01:43.755861+00:00')).toBe(moment);
    expect(timestampMillis('2026-11-21T08:01:43.755861')).toBe(moment);
    expect(timestampMillis(new Date(moment))).toBe(moment);
    expect(timestampMillis('yesterday')).toBeNaN();
  });
});
