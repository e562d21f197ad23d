import { decideNight } from '../../../../src/domain/recovery/decide';
import type { Decision, Quarantine } from '../../../../src/domain/recovery/night';
import type { PastRerun } from '../../../../src/domain/recovery/cluster-state';
import { failure, HOUR, NIGHT, night, policy, rule } from './facts';

const ERROR = 'aaaaaaaaaa';

function words(decisions: readonly Decision[]): readonly string[] {
  return decisions.map(
    ({ fwId, action, why, canary }) => `${String(fwId)} ${action}${canary ? '!' : ''} ${why}`,
  );
}

function past(...reruns: readonly Partial<PastRerun>[]): ReadonlyMap<string, readonly PastRerun[]> {
  const whole = reruns.map((one) => ({
    fwId: 90,
    canary: true,
    at: NIGHT - HOUR / 2,
    result: 'passed' as const,
    ...one,
  }));
  return new Map([[ERROR, whole]]);
}

describe('a rule', () => {
  it('is the first that matches; what none matches is left', () => {
    const rules = [
      rule({
        name: 'bad input',
        conditions: { fingerprints: new Set(['bbbbbbbbbb']) },
        action: { kind: 'quarantine' },
      }),
      rule({ name: 'by hand', conditions: { names: ['relax*'] }, action: { kind: 'leave' } }),
      rule({ name: 'node 1', conditions: { hosts: ['node-?'] } }),
    ];
    const failures = [
      failure(1, { host: 'node-10' }),
      failure(2),
      failure(3, { name: 'relax 3' }),
      failure(4, { name: 'relax 4', fingerprint: 'bbbbbbbbbb' }),
      failure(5, { selectedBy: new Set([0]) }),
    ];
    expect(decideNight(night(failures, rules))).toMatchObject([
      { fwId: 4, rule: 'bad input', action: 'quarantine', why: 'rule' },
      { fwId: 3, rule: 'by hand', action: 'leave', reason: 'the rule by hand leaves it' },
      { fwId: 2, rule: 'node 1', action: 'rerun', reason: 'by the rule node 1' },
      { fwId: 1, rule: undefined, action: 'leave', why: 'no rule' },
      { fwId: 5, rule: undefined, action: 'leave', why: 'no rule' },
    ]);
  });

  it('asks for attempts, age, and lost runs', () => {
    const twice = [1, 2].map((launchId) => ({ launchId, fingerprint: ERROR }));
    const failures = [
      failure(1),
      failure(2, { attempts: twice }),
      failure(3, { failedAt: NIGHT - 3 * HOUR }),
      failure(4, { lost: true }),
    ];
    const asked = (conditions: Parameters<typeof rule>[0]): readonly number[] =>
      decideNight(night(failures, [rule(conditions)]))
        .filter(({ action }) => action === 'rerun')
        .map(({ fwId }) => fwId);
    expect(asked({ conditions: { attempts: { min: 2, max: Infinity } } })).toEqual([2]);
    expect(asked({ conditions: { age: { min: 2 * HOUR, max: Infinity } } })).toEqual([3]);
    expect(asked({ conditions: { lost: true } })).toEqual([4]);
    // Those with the fewest attempts first.
    expect(asked({ conditions: { lost: false } })).toEqual([1, 3, 2]);
    expect(asked({ maxAttempts: 2 })).toEqual([1, 3, 4]);
  });

  it('says in which order its Fireworks are tried', () => {
    const failures = [
      failure(1, { createdOn: 5 }),
      failure(2, { createdOn: 3 }),
      failure(3, { createdOn: 4 }),
    ];
    const newest = rule({
      order: { field: 'createdOn', direction: -1 },
      budget: { fireworks: 2, coreHours: undefined },
    });
    expect(words(decideNight(night(failures, [newest])))).toEqual([
      '1 rerun rule',
      '3 rerun rule',
      '2 hold budget',
    ]);
  });
});

describe('nothing is tried', () => {
  const held = { fwId: 1, name: 'fw1', launchId: 1, fingerprint: ERROR, pattern: '', rule: 'r', night: 'n' };

  it('that is quarantined, or was rerun in the night', () => {
    const quarantine: Quarantine = {
      ...held,
      reason: 'no use',
      since: new Date(0),
      releasedOn: null,
      releasedBy: '',
    };
    const failures = [failure(1, { quarantine }), failure(2, { rerunTonight: true })];
    expect(decideNight(night(failures, [rule()]))).toMatchObject([
      { action: 'leave', why: 'quarantined', reason: 'quarantined: no use' },
      { action: 'leave', why: 'rerun tonight' },
    ]);
  });

  it('that failed twice the same: it is quarantined', () => {
    const repeats = new Map([
      [1, { count: 2, unknownSpecs: 1 }],
      [2, { count: 1, unknownSpecs: 0 }],
    ]);
    const decisions = decideNight(night([failure(1), failure(2)], [rule()], { repeats }));
    expect(words(decisions)).toEqual(['1 quarantine failed twice the same', '2 rerun rule']);
    expect(decisions[0]?.reason).toBe(
      'failed twice with "ValueError: <n>", and spec, source and worker are unchanged ' +
        "(the specs of 1 of these launches were not noted, and are taken for today's)",
    );
  });

  it('by a rule that quarantines, once a person has released it', () => {
    const rules = [rule({ name: 'bad', action: { kind: 'quarantine' } }), rule()];
    expect(words(decideNight(night([failure(1), failure(2, { released: true })], rules)))).toEqual([
      '1 quarantine rule',
      '2 rerun rule',
    ]);
  });

  it('outside of the window, over midnight, too', () => {
    const at = (day: number, hour: number): readonly string[] => {
      const window = { from: 20 * 60, to: 7 * 60, days: new Set([6]) };
      const local = { day, minutes: hour * 60 };
      return words(decideNight(night([failure(1)], [rule({ window })], { local })));
    };
    const closed = ['1 hold outside of the window'];
    expect([at(6, 19), at(6, 20), at(0, 6), at(0, 7), at(0, 20), at(6, 6)]).toEqual([
      closed,
      ['1 rerun rule'],
      ['1 rerun rule'],
      closed,
      closed,
      closed,
    ]);
  });

  it('before its time', () => {
    const backoff = { first: HOUR, factor: 3, longest: 5 * HOUR };
    const attempts = [1, 2].map((launchId) => ({ launchId, fingerprint: ERROR }));
    const thrice = [...attempts, { launchId: 3, fingerprint: ERROR }];
    const failures = [failure(1), failure(2, { attempts }), failure(3, { attempts: thrice })];
    expect(decideNight(night(failures, [rule({ backoff, maxAttempts: 9 })]))).toMatchObject([
      { action: 'rerun' },
      { action: 'hold', why: 'backoff', until: NIGHT + 2 * HOUR },
      {
        action: 'hold',
        until: NIGHT + 4 * HOUR,
        reason: 'waits until 2026-11-22 02:00 UTC after 3 times failed',
      },
    ]);
  });

  it('that would cost more than there is', () => {
    const rules = [rule({ budget: { fireworks: undefined, coreHours: 2.5 } })];
    const failures = [failure(1), failure(2, { coreHours: 1 }), failure(3), failure(4, { coreHours: 0.5 })];
    expect(words(decideNight(night(failures, rules)))).toEqual([
      '1 rerun rule',
      '2 rerun rule',
      '3 hold budget',
      '4 rerun rule',
    ]);
    const spent = [{ rule: 'other', coreHours: 1 }];
    const all = policy([rule()], { budget: { fireworks: 2, coreHours: undefined } });
    expect(decideNight(night(failures, [], { policy: all, spent })).map(({ action }) => action)).toEqual([
      'rerun',
      'hold',
      'hold',
      'hold',
    ]);
  });
});

describe('canaries', () => {
  const failures = [failure(1), failure(2), failure(3), failure(4, { fingerprint: 'bbbbbbbbbb' })];
  const careful = rule({ canary: 2 });
  const decided = (reruns: ReadonlyMap<string, readonly PastRerun[]>): readonly string[] =>
    words(decideNight(night(failures, [careful], { past: reruns })));
  const other = '4 rerun! rule';

  it('go first, of each error; the rest waits for them', () => {
    expect(decided(new Map())).toEqual([
      '1 rerun! rule',
      '2 rerun! rule',
      '3 hold canaries under way',
      other,
    ]);
    const pending = past({ result: 'pending' }, { fwId: 91, result: 'passed' });
    expect(decided(pending)).toEqual([
      ...[1, 2, 3].map((id) => `${String(id)} hold canaries under way`),
      other,
    ]);
  });

  it('that passed let the rest go', () => {
    expect(decided(past({}, { fwId: 91 }))).toEqual(['1 rerun rule', '2 rerun rule', '3 rerun rule', other]);
  });

  it('that are gone are replaced', () => {
    expect(decided(past({}, { fwId: 91, result: 'gone' }))).toEqual([
      '1 rerun! rule',
      '2 hold canaries under way',
      '3 hold canaries under way',
      other,
    ]);
  });

  it('that passed before it failed say nothing', () => {
    expect(decided(past({ at: NIGHT - 2 * HOUR }, { fwId: 91, at: NIGHT - 2 * HOUR }))).toEqual(
      decided(new Map()),
    );
  });

  it('of which one failed the same way stop the rest, for as long as the breaker rests', () => {
    const failed = past({}, { fwId: 91, result: 'same', failedAt: NIGHT - HOUR / 4 });
    const [first] = decideNight(night(failures, [careful], { past: failed }));
    expect(first).toMatchObject({
      action: 'hold',
      why: 'breaker open',
      until: NIGHT + 23.75 * HOUR,
      reason: 'the circuit breaker is open until 2026-11-22 21:45 UTC: canary 91 failed the same way',
    });
    expect(decided(past({}, { fwId: 91, result: 'same', failedAt: NIGHT - 24 * HOUR }))).toEqual(
      decided(past({ fwId: 90 })),
    );
  });
});

it('the circuit breaker opens when so many reruns have failed the same way', () => {
  const breaker = { failures: 2, rest: HOUR };
  const same = { canary: false, result: 'same', failedAt: NIGHT - HOUR / 2 } as const;
  const decided = (...reruns: readonly Partial<PastRerun>[]): readonly string[] =>
    words(decideNight(night([failure(1)], [rule({ breaker })], { past: past(...reruns) })));
  expect(decided(same)).toEqual(['1 rerun rule']);
  expect(decided(same, { ...same, fwId: 91 })).toEqual(['1 hold breaker open']);
  expect(decided(same, { ...same, failedAt: NIGHT - 2 * HOUR })).toEqual(['1 rerun rule']);
});

describe('of a transient error', () => {
  const again = rule({ canary: 3, transient: true, maxAttempts: 9 });
  const failures = [1, 2, 3, 4, 5].map((fwId) => failure(fwId));
  const decided = (...reruns: readonly Partial<PastRerun>[]): readonly string[] =>
    words(decideNight(night(failures, [again], { past: past(...reruns) })));
  const same = { result: 'same', failedAt: NIGHT - HOUR / 4 } as const;
  const all = failures.map(({ fwId }) => `${String(fwId)} rerun rule`);

  it('what fails twice the same is tried again, until its attempts are used up', () => {
    const attempts = [1, 2, 3].map((launchId) => ({ launchId, fingerprint: ERROR }));
    const often = [failure(1, { attempts })];
    const repeats = new Map([[1, { count: 3, unknownSpecs: 0 }]]);
    const tried = (maxAttempts: number): readonly string[] =>
      words(decideNight(night(often, [rule({ transient: true, maxAttempts })], { repeats })));
    expect([tried(4), tried(3)]).toEqual([['1 rerun rule'], ['1 leave attempts used up']]);
  });

  it('half of the canaries are enough for the rest, and a canary that failed stops nothing', () => {
    expect(decided({}, { fwId: 91 }, { fwId: 92, ...same })).toEqual(all);
    expect(decided({}, { fwId: 91 }, { fwId: 92, result: 'pending' })).toEqual(all);
    expect(decided({}, { fwId: 91, ...same }, { fwId: 92, result: 'pending' })).toEqual(
      failures.map(({ fwId }) => `${String(fwId)} hold canaries under way`),
    );
    expect(decided({}, { fwId: 91, ...same })).toEqual([
      '1 rerun! rule',
      ...[2, 3, 4, 5].map((fwId) => `${String(fwId)} hold canaries under way`),
    ]);
  });

  it('most canaries that failed stop it', () => {
    expect(decided({}, { fwId: 91, ...same }, { fwId: 92, ...same })).toEqual(
      failures.map(({ fwId }) => `${String(fwId)} hold breaker open`),
    );
  });

  it('as many reruns as the breaker takes stop it only when fewer have passed', () => {
    const five = [1, 2, 3, 4, 5].map((at) => ({ fwId: 80 + at, canary: false, ...same }));
    const passed = [1, 2, 3, 4].map((at) => ({ fwId: 70 + at }));
    expect(decided(...five, ...passed)[0]).toBe('1 hold breaker open');
    expect(decided(...five, ...passed, { fwId: 75 })).toEqual(all);
  });

  it('the canaries are those with the fewest attempts, so that an outage uses up nobody', () => {
    const twice = [1, 2].map((launchId) => ({ launchId, fingerprint: ERROR }));
    const tried = [failure(1, { attempts: twice }), failure(2, { attempts: twice }), failure(3), failure(4)];
    const canaries = decideNight(night(tried, [again])).filter(({ canary }) => canary);
    expect(canaries.map(({ fwId }) => fwId)).toEqual([3, 4, 1]);
  });
});
