/** Clock, agenda, log, and when processes are killed. */
import { drawFrom } from '../../../../bench/nights/model/draw';
import { Agenda } from '../../../../bench/nights/run/agenda';
import { firstNoon, SimulatedClock } from '../../../../bench/nights/run/clock';
import { planKill } from '../../../../bench/nights/run/killed-recovery';
import { LaunchLog } from '../../../../bench/nights/run/launch-log';
import { momentOf, nightHours, nightKey } from '../../../../bench/nights/run/night-times';

it('an agenda gives what is due, by time, and of one moment in order', () => {
  const agenda = new Agenda<string>();
  agenda.put(3, 'c');
  agenda.put(1, 'a');
  agenda.put(3, 'd');
  agenda.put(2, 'b');
  expect(agenda.items).toEqual(['a', 'b', 'c', 'd']);
  expect(agenda.take(0)).toBeUndefined();
  const taken = [3, 3, 3, 3, 3].map((until) => agenda.take(until)?.item);
  expect(taken).toEqual(['a', 'b', 'c', 'd', undefined]);
});

it('the first day begins at noon, and the last night ends on the morning that was named', () => {
  const start = firstNoon(2, new Date(2026, 0, 31, 8));
  expect(start).toEqual(new Date(2026, 0, 29, 12));
  const clock = new SimulatedClock(start);
  clock.at = 3_600_000;
  expect(clock.now()).toEqual(new Date(2026, 0, 29, 13));
});

it('recover is called from the evening to the morning', () => {
  expect(nightHours(4)).toEqual([7, 11, 15, 19]);
  expect(nightHours(0.5)).toHaveLength(25);
  expect([momentOf(1, 7), momentOf(2, 0)]).toEqual([7 * 3_600_000, 24 * 3_600_000]);
  expect(nightKey(3)).toBe('night-03');
});

it('a log counts the launches of a Firework, and those that failed because of what it is', () => {
  const log = new LaunchLog();
  const launch = { launchId: 1, fwId: 7, attempt: 1, began: 0, hours: 1, cores: 1 };
  expect(log.count(7)).toEqual({ attempt: 1, ownFailures: 0 });
  log.add({ ...launch, cause: 'outage' });
  expect(log.count(7)).toEqual({ attempt: 2, ownFailures: 0 });
  log.add({ ...launch, cause: 'transient' });
  expect(log.count(7)).toEqual({ attempt: 3, ownFailures: 1 });
  log.add({ ...launch, cause: undefined });
  expect([...log.completed]).toEqual([7]);
  expect(log.count(8)).toEqual({ attempt: 1, ownFailures: 0 });
});

it('half of the calls are to be killed, at writes or after a while', () => {
  const draw = drawFrom(1);
  const kills = Array.from({ length: 1000 }, (_, call) => planKill(draw, call));
  const [atWrites, after] = [
    kills.flatMap(({ atWrite }) => (atWrite === undefined ? [] : [atWrite])),
    kills.flatMap(({ afterMs }) => (afterMs === undefined ? [] : [afterMs])),
  ];
  expect(Math.abs(atWrites.length + after.length - 500)).toBeLessThan(80);
  expect(Math.min(...atWrites)).toBe(0);
  expect(Math.max(...atWrites)).toBeGreaterThan(200);
  expect(after.length).toBeGreaterThan(100);
});
