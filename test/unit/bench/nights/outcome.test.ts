import { drawFrom } from '../../../../bench/nights/model/draw';
import {
  HOST_ERROR,
  MEMORY_ERROR,
  DETERMINISTIC_ERRORS,
  TRANSIENT_ERRORS,
} from '../../../../bench/nights/model/errors';
import type { Nature } from '../../../../bench/nights/model/nature';
import { outcomeOf, type LaunchBegin } from '../../../../bench/nights/model/outcome';
import { HOUR_MS } from '../../../../bench/nights/model/surroundings';

const [BAD_INPUT] = DETERMINISTIC_ERRORS;
const [HICCUP] = TRANSIENT_ERRORS;
if (!BAD_INPUT || !HICCUP) throw new Error('there are errors');

const AROUND = {
  hosts: [],
  outages: [{ service: 'licence', from: 10 * HOUR_MS, to: 20 * HOUR_MS }],
} as const;

function begin(
  nature: Nature,
  changes: Partial<LaunchBegin> = {},
  uses?: 'licence' | 'storage',
): LaunchBegin {
  return {
    firework: { fwId: 7, name: 'relax', parents: [], hours: 2, cores: 8, uses, nature },
    host: { name: 'node-1', bad: { from: 0, to: 5 * HOUR_MS } },
    at: 6 * HOUR_MS,
    attempt: 1,
    ownFailures: 0,
    memory: '64G',
    ...changes,
  };
}

function end(...about: Parameters<typeof begin>): string {
  const outcome = outcomeOf(begin(...about), AROUND, drawFrom(1));
  return outcome.kind === 'failed' ? outcome.cause : outcome.kind;
}

describe('a launch', () => {
  it('completes after its hours when nothing is wrong', () => {
    expect(outcomeOf(begin({ kind: 'fine' }), AROUND, drawFrom(1))).toEqual({ kind: 'completed', hours: 2 });
  });

  it('fails as often as its Firework fails for a while, or vanishes', () => {
    const transient: Nature = { kind: 'transient', error: HICCUP, failures: 2 };
    expect([0, 1, 2].map((ownFailures) => end(transient, { ownFailures }))).toEqual([
      'transient',
      'transient',
      'completed',
    ]);
    const lost: Nature = { kind: 'lost', failures: 1 };
    expect([0, 1].map((ownFailures) => end(lost, { ownFailures }))).toEqual(['lost', 'completed']);
  });

  it('fails whatever one does, until it has the memory, or on bad hosts', () => {
    expect(end({ kind: 'deterministic', error: BAD_INPUT }, { ownFailures: 9 })).toBe('deterministic');
    const hungry: Nature = { kind: 'memory', error: MEMORY_ERROR };
    expect(['64G', '128G'].map((memory) => end(hungry, { memory }))).toEqual(['memory', 'completed']);
    const picky: Nature = { kind: 'host', error: HOST_ERROR };
    expect([4, 5].map((hour) => end(picky, { at: hour * HOUR_MS }))).toEqual(['host', 'completed']);
  });

  it('fails in an outage of what it uses, whatever it is', () => {
    const at = 10 * HOUR_MS;
    expect(end({ kind: 'fine' }, { at }, 'licence')).toBe('outage');
    expect(end({ kind: 'fine' }, { at }, 'storage')).toBe('completed');
    expect(end({ kind: 'deterministic', error: BAD_INPUT }, { at }, 'licence')).toBe('outage');
  });

  it('fails within its hours, each time after others', () => {
    const nature: Nature = { kind: 'deterministic', error: BAD_INPUT };
    const hours = [1, 2, 3].map(
      (attempt) => outcomeOf(begin(nature, { attempt }), AROUND, drawFrom(1)).hours,
    );
    expect(new Set(hours).size).toBe(3);
    for (const one of hours) {
      expect(one).toBeGreaterThanOrEqual(2 * BAD_INPUT.dies.from);
      expect(one).toBeLessThanOrEqual(2 * BAD_INPUT.dies.to);
    }
  });
});
