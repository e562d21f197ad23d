import fc from 'fast-check';
import { decideNight, type NightInput } from '../../../../src/domain/recovery/decide';
import type { PastRerun } from '../../../../src/domain/recovery/cluster-state';
import { fitsPattern } from '../../../../src/domain/recovery/match-rule';
import type { RecoveryRule } from '../../../../src/domain/recovery/policy';
import { failure, HOUR, NIGHT, night, policy, rule } from './facts';

const ERRORS = ['aaaaaaaaaa', 'bbbbbbbbbb'];
/** Mostly nothing: every stop makes reruns rarer, and they are what is looked at. */
function seldom<Some>(some: fc.Arbitrary<Some>): fc.Arbitrary<Some | undefined> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });
}

const amount = seldom(fc.nat({ max: 6 }));
const anyBudget = fc.record({ fireworks: amount, coreHours: amount });

function anyRule(name: string): fc.Arbitrary<RecoveryRule> {
  return fc
    .record({
      canary: fc.nat({ max: 3 }),
      breaker: fc.record({ failures: fc.nat({ max: 3 }), rest: fc.constant(24 * HOUR) }),
      budget: anyBudget,
      maxAttempts: fc.integer({ min: 1, max: 4 }),
      transient: fc.boolean(),
      window: seldom(fc.constant({ from: 0, to: 60, days: undefined })),
      action: fc.constantFrom<RecoveryRule['action']>(
        { kind: 'rerun', edits: [] },
        { kind: 'rerun', edits: [] },
        { kind: 'rerun', edits: [] },
        { kind: 'leave' },
        { kind: 'quarantine' },
      ),
    })
    .map((fields) => rule({ ...fields, name }));
}

const anyPast: fc.Arbitrary<PastRerun> = fc
  .record({
    fwId: fc.integer({ min: 100, max: 110 }),
    canary: fc.boolean(),
    hoursAgo: fc.integer({ min: 1, max: 60 }),
    result: fc.constantFrom('passed', 'same', 'pending', 'gone'),
  })
  .map(({ hoursAgo, result, ...rest }) => {
    const at = NIGHT - hoursAgo * HOUR;
    return { ...rest, at, result, ...(result === 'same' ? { failedAt: at + HOUR } : {}) };
  });

const anyNight: fc.Arbitrary<NightInput> = fc
  .record({
    facts: fc.array(
      fc.record({
        error: fc.nat({ max: 1 }),
        attempts: fc.integer({ min: 1, max: 4 }),
        hoursAgo: fc.integer({ min: 0, max: 60 }),
        repeats: fc.constantFrom(0, 1, 1, 1, 2, 3),
        rerunTonight: seldom(fc.constant(true)).map((one) => one ?? false),
        selectedBy: fc.subarray([0, 1], { minLength: 1 }),
      }),
      { maxLength: 20 },
    ),
    rules: fc.tuple(anyRule('one'), anyRule('two')),
    past: fc.tuple(fc.array(anyPast, { maxLength: 6 }), fc.array(anyPast, { maxLength: 6 })),
    budget: anyBudget,
    spent: fc.array(fc.record({ rule: fc.constantFrom('one', 'two'), coreHours: fc.nat({ max: 2 }) }), {
      maxLength: 3,
    }),
  })
  .map(({ facts, rules, past, budget, spent }) => {
    const failures = facts.map(({ error, attempts, hoursAgo, selectedBy, rerunTonight }, at) => {
      const fingerprint = ERRORS[error] ?? '';
      const launches = Array.from({ length: attempts }, (_, index) => ({ launchId: index + 1, fingerprint }));
      const failedAt = NIGHT - hoursAgo * HOUR;
      const more = { rerunTonight, selectedBy: new Set(selectedBy) };
      return failure(at + 1, { fingerprint, attempts: launches, failedAt, ...more });
    });
    return night(failures, [], {
      policy: policy(rules, { budget }),
      repeats: new Map(facts.map(({ repeats }, at) => [at + 1, { count: repeats, unknownSpecs: 0 }])),
      past: new Map(ERRORS.map((error, at) => [error, past[at] ?? []])),
      spent,
    });
  });

const MANY = { numRuns: 1000 };

describe('in any night', () => {
  it('something is rerun often enough for the rest to mean something', () => {
    const nights = fc.sample(anyNight, 200).map((input) => reruns(input).length);
    expect(nights.filter((count) => count > 0).length).toBeGreaterThan(20);
  });

  it('each failure gets one decision, whatever the order in which they are found', () => {
    fc.assert(
      fc.property(anyNight, (input) => {
        const decisions = decideNight(input);
        expect(decisions.map(({ fwId }) => fwId).sort((one, other) => one - other)).toEqual(
          input.failures.map(({ fwId }) => fwId),
        );
        expect(decideNight({ ...input, failures: input.failures.toReversed() })).toEqual(decisions);
        expect(decisions.every(({ reason }) => reason !== '')).toBe(true);
      }),
      MANY,
    );
  });

  it('nothing is rerun that failed twice the same, has no attempt left, was rerun, or is out of its time', () => {
    fc.assert(
      fc.property(anyNight, (input) => {
        const facts = new Map(input.failures.map((one) => [one.fwId, one]));
        for (const { fwId, rule: name } of reruns(input)) {
          const own = input.policy.rules.find((one) => one.name === name);
          if (!own?.transient) expect(input.repeats.get(fwId)?.count).toBeLessThan(2);
          expect(facts.get(fwId)?.attempts.length).toBeLessThan(own?.maxAttempts ?? 0);
          expect(facts.get(fwId)?.rerunTonight).toBe(false);
          expect(own?.window).toBeUndefined();
          expect(own?.action.kind).toBe('rerun');
        }
      }),
      MANY,
    );
  });

  it('no budget is exceeded, what earlier calls have spent included', () => {
    fc.assert(
      fc.property(anyNight, (input) => {
        const done = reruns(input);
        if (done.length === 0) return;
        const check = (budget: RecoveryRule['budget'], names: readonly string[]): void => {
          const earlier = input.spent.filter((one) => names.includes(one.rule));
          const now = done.filter((one) => names.includes(one.rule ?? ''));
          if (now.length === 0) return;
          expect(earlier.length + now.length).toBeLessThanOrEqual(budget.fireworks ?? Infinity);
          const hours = earlier.reduce((sum, { coreHours }) => sum + coreHours, now.length);
          expect(hours).toBeLessThanOrEqual(budget.coreHours ?? Infinity);
        };
        check(input.policy.budget, ['one', 'two']);
        for (const { budget, name } of input.policy.rules) check(budget, [name]);
      }),
      MANY,
    );
  });

  it('nothing waits for canaries that are not there', () => {
    fc.assert(
      fc.property(anyNight, (input) => {
        const waiting = decideNight(input).filter(({ why }) => why === 'canaries under way');
        for (const { reason } of waiting) expect(reason).toMatch(/^waits for canar(y|ies) \d/);
      }),
      MANY,
    );
  });

  it('no more canaries of an error are under way than the largest wave, and none beside an open breaker', () => {
    fc.assert(
      fc.property(anyNight, (input) => {
        const facts = new Map(input.failures.map((one) => [one.fwId, one]));
        const most = Math.max(...input.policy.rules.map(({ canary }) => canary));
        for (const [error, before] of input.past) {
          const own = reruns(input).filter(({ fwId }) => facts.get(fwId)?.fingerprint === error);
          const canaries = own.filter(({ canary }) => canary).length;
          const pending = before.filter(({ canary, result }) => canary && result === 'pending').length;
          if (canaries > 0) expect(canaries + pending).toBeLessThanOrEqual(most);
          const failedNow = before.some(
            ({ canary, failedAt }) => canary && failedAt !== undefined && failedAt + 24 * HOUR > NIGHT,
          );
          const careless = input.policy.rules
            .filter(({ canary, transient }) => canary === 0 || transient)
            .map(({ name }) => name);
          if (failedNow) expect(own.every((one) => careless.includes(one.rule ?? ''))).toBe(true);
          const passed = before.filter(({ canary, result }) => canary && result === 'passed').length;
          // Of a transient error half of a wave are enough, and it may be over without that.
          const wave = Math.min(...input.policy.rules.map((one) => (one.transient ? 0 : one.canary)));
          if (passed < wave) expect(own.every(({ canary }) => canary)).toBe(true);
        }
      }),
      MANY,
    );
  });
});

function reruns(input: NightInput): ReturnType<typeof decideNight> {
  return decideNight(input).filter(({ action }) => action === 'rerun');
}

it('a pattern fits what the regular expression of the same meaning fits', () => {
  const letter = fc.constantFrom('a', 'b', '-');
  const text = fc.string({ unit: letter, maxLength: 8 });
  const pattern = fc.string({ unit: fc.oneof(letter, fc.constantFrom('*', '?')), maxLength: 6 });
  fc.assert(
    fc.property(text, pattern, (one, other) => {
      const regex = new RegExp(`^${other.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(fitsPattern(one, other)).toBe(regex.test(one));
    }),
    { numRuns: 1000 },
  );
});
