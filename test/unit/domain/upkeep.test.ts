import type { HistoryEntry, Launch } from '../../../src/domain/model';
import { isLost, isStaleReservation } from '../../../src/domain/upkeep/lost-launches';
import { launchWithNews } from '../../../src/domain/upkeep/offline-history';
import { shareNodes } from '../../../src/rocket/multi/node-lists';
import { launch } from '../../conformance/suite/builders';

const NOW = new Date('2026-11-21T12:00:00Z');

function running(created_on: HistoryEntry['created_on'], updated_on?: HistoryEntry['created_on']): Launch {
  const entry = {
    state: 'RUNNING',
    created_on,
    ...(updated_on === undefined ? {} : { updated_on }),
  } as const;
  return launch(1, 1, { stateHistory: [entry] });
}

describe('a lost launch', () => {
  const rules = { now: NOW, expirationSecs: 3600 };

  it.each([
    ['heard of an hour ago', running('2026-11-20T12:00:00+00:00', '2026-11-21T11:00:00+00:00'), true],
    [
      'heard of just after that',
      running('2026-11-20T12:00:00+00:00', '2026-11-21T11:00:00.001000+00:00'),
      false,
    ],
    ['with a text of an old release', running('2026-11-20T12:00:00', '2026-11-21T10:59:59'), true],
    ['with a Date', running(new Date('2026-11-20T12:00:00Z'), new Date('2026-11-21T11:30:00Z')), false],
    ['never heard of', running('2026-11-21T10:00:00+00:00'), true],
    ['without a history', launch(1, 1, { stateHistory: [], timeStart: null }), true],
    ['that has ended', { ...running('2026-11-20T12:00:00+00:00'), state: 'COMPLETED' as const }, false],
  ])('is one %s', (_, one, lost) => {
    expect(isLost(one, rules)).toBe(lost);
  });

  it('ran for days where FireWorks sees hours', () => {
    const one = running('2026-11-19T09:00:00+00:00', '2026-11-20T10:00:00+00:00');
    expect(isLost(one, { ...rules, minRuntimeSecs: 24 * 3600 })).toBe(true);
    expect(isLost(one, { ...rules, maxRuntimeSecs: 24 * 3600 })).toBe(false);
  });

  it('is no reservation, which has a rule of its own', () => {
    const entry = { state: 'RESERVED', created_on: '2026-11-21T10:00:00+00:00' } as const;
    const reserved = launch(1, 1, { state: 'RESERVED', stateHistory: [entry] });
    expect(isLost(reserved, rules)).toBe(false);
    expect(isStaleReservation(reserved, rules)).toBe(true);
    expect(isStaleReservation(reserved, { ...rules, expirationSecs: 3 * 3600 })).toBe(false);
  });
});

describe('a launch with news of its directory', () => {
  const reserved = launch(1, 1, {
    state: 'RESERVED',
    timeStart: null,
    stateHistory: [{ state: 'RESERVED', created_on: '2026-11-21T08:00:00+00:00', reservation_id: '4711' }],
  });
  const startedOn = '2026-11-21T09:00:00+00:00';

  it('ran when it ran, and not when that was found out', () => {
    const end = { state: 'FIZZLED', completedOn: '2026-11-21T10:00:00+00:00' } as const;
    const checkpoint = { _task_n: 1 };
    const after = launchWithNews(reserved, { startedOn, checkpoint, pingedOn: undefined, end }, NOW);
    expect(after).toMatchObject({
      state: 'FIZZLED',
      timeStart: startedOn,
      timeEnd: end.completedOn,
      runtimeSecs: 3600,
    });
    expect(after.stateHistory).toEqual([
      { state: 'RESERVED', created_on: new Date('2026-11-21T08:00:00Z'), reservation_id: '4711' },
      { state: 'RUNNING', created_on: new Date(startedOn), updated_on: NOW, checkpoint },
      { state: 'FIZZLED', created_on: new Date(end.completedOn), checkpoint },
    ]);
  });

  it('stays as it is while nothing has begun', () => {
    const nothing = { startedOn: undefined, checkpoint: undefined, pingedOn: undefined, end: undefined };
    expect(launchWithNews(reserved, nothing, NOW)).toEqual(reserved);
  });
});

describe('shares of nodes', () => {
  it('are of one size, each node counted once', () => {
    expect(shareNodes(2, ['c', 'a', 'a', 'b', 'd'], 4)).toEqual([
      { nodes: ['a', 'b'], processors: 8 },
      { nodes: ['c', 'd'], processors: 8 },
    ]);
    expect(shareNodes(2, undefined, 4)).toEqual([
      { nodes: undefined, processors: 4 },
      { nodes: undefined, processors: 4 },
    ]);
    expect(() => shareNodes(2, ['a', 'b', 'c'], 1)).toThrow("can't allocate nodes, 3 can't be divided by 2");
  });
});
