import { drawFrom } from '../../../../bench/nights/model/draw';
import type { Nature } from '../../../../bench/nights/model/nature';
import { makePopulation, type Population } from '../../../../bench/nights/model/population';
import { DAY_MS, isAway, makeSurroundings } from '../../../../bench/nights/model/surroundings';

/** What fails at its first launch wherever it runs. */
const FAILING: ReadonlySet<Nature['kind']> = new Set(['transient', 'lost', 'deterministic', 'memory']);

function failingShare({ workflows }: Population): number {
  const failing = workflows.filter(({ fireworks }) =>
    fireworks.some(({ nature }) => FAILING.has(nature.kind)),
  );
  return failing.length / workflows.length;
}

describe('a population', () => {
  it('is numbered as a store numbers it, parents first', () => {
    const { workflows, fireworks } = makePopulation(200, 10, drawFrom(1));
    expect([...fireworks.keys()]).toEqual(Array.from({ length: fireworks.size }, (_, at) => at + 1));
    for (const { fireworks: members } of workflows) {
      const ids = new Set(members.map(({ fwId }) => fwId));
      for (const { fwId, parents } of members)
        expect(parents.every((one) => one < fwId && ids.has(one))).toBe(true);
      expect(members.filter(({ parents }) => parents.length === 0)).toHaveLength(1);
    }
  });

  it('comes on the days that it is given, as much on each', () => {
    const { workflows } = makePopulation(100, 4, drawFrom(1));
    const perDay = [0, 1, 2, 3].map((day) => workflows.filter((one) => one.day === day).length);
    expect(perDay).toEqual([25, 25, 25, 25]);
  });

  it.each([1, 2, 3])('fails as often as that of the Materials Project: 4,850 of 30,345 (seed %d)', (seed) => {
    const share = failingShare(makePopulation(5000, 10, drawFrom(seed)));
    expect(Math.abs(share - 4850 / 30_345)).toBeLessThan(0.02);
  });

  it('can complete but for what fails whatever one does, and what is below it', () => {
    const { fireworks, recoverable } = makePopulation(2000, 10, drawFrom(1));
    const isHopeless = (fwId: number): boolean => {
      const one = fireworks.get(fwId);
      return one?.nature.kind === 'deterministic' || (one?.parents ?? []).some(isHopeless);
    };
    const hopeless = [...fireworks.keys()].filter(isHopeless);
    expect(hopeless.length).toBeGreaterThan(100);
    expect(recoverable).toEqual(new Set([...fireworks.keys()].filter((one) => !isHopeless(one))));
  });
});

describe('the surroundings', () => {
  const around = makeSurroundings(200, drawFrom(1));

  it('have some hosts that are bad for some days', () => {
    const bad = around.hosts.flatMap((one) => (one.bad ? [one.bad] : []));
    expect(Math.abs(bad.length - 50)).toBeLessThan(20);
    for (const { from, to } of bad) {
      expect(to - from).toBeGreaterThanOrEqual(3 * DAY_MS);
      expect(to - from).toBeLessThanOrEqual(9 * DAY_MS);
    }
  });

  it('have outages, of one service each', () => {
    expect(around.outages).toHaveLength(3);
    for (const { service, from, to } of around.outages) {
      const other = service === 'licence' ? 'storage' : 'licence';
      expect([from - 1, from, to - 1, to].map((at) => isAway(around, service, at))).toEqual([
        false,
        true,
        true,
        false,
      ]);
      expect(isAway(around, other, from)).toBe(false);
      expect(isAway(around, undefined, from)).toBe(false);
    }
  });
});
