/** That the simulation's check of its claims can fail. */
import { readOptions } from '../../../../bench/nights/options';
import { drawFrom } from '../../../../bench/nights/model/draw';
import type { Cause } from '../../../../bench/nights/model/outcome';
import { makePopulation } from '../../../../bench/nights/model/population';
import { tableOf } from '../../../../bench/nights/report/table';
import type { Tally } from '../../../../bench/nights/report/tally';
import { brokenClaims } from '../../../../bench/nights/report/verify';
import { LaunchLog } from '../../../../bench/nights/run/launch-log';
import { policy, rule } from '../../domain/recovery/facts';

const POPULATION = makePopulation(100, 1, drawFrom(1));
const HOPELESS =
  [...POPULATION.fireworks.values()].find(({ nature }) => nature.kind === 'deterministic')?.fwId ?? 0;
const POLICY = policy([rule({ maxAttempts: 4 })]);

const TALLY: Tally = {
  fireworks: 5,
  completed: 4,
  recoverable: 4,
  recovered: 4,
  workflows: 2,
  workflowsCompleted: 1,
  launches: 6,
  reruns: 1,
  useful: 1234.4,
  wasted: 20,
  wastedByReruns: 10,
  causes: [{ cause: 'deterministic', fireworks: 1, completed: 0, failures: 2, wasted: 20, most: 2 }],
  finishedAfter: 3,
  completedBy: [1, 3, 4],
  fizzled: 1,
  quarantined: 1,
  held: 0,
};

function logOf(...causes: readonly Cause[]): LaunchLog {
  const log = new LaunchLog();
  for (const [at, cause] of causes.entries())
    log.add({ launchId: at, fwId: HOPELESS, attempt: at + 1, began: 0, hours: 1, cores: 1, cause });
  return log;
}

function broken(tally: Partial<Tally>, log: LaunchLog, plain?: Tally): readonly string[] {
  return brokenClaims({ name: 'recover', tally: { ...TALLY, ...tally }, log }, POPULATION, POLICY, plain);
}

describe('a claim', () => {
  const plain = { ...TALLY, wasted: 100 };

  it('holds where it holds', () => {
    expect(HOPELESS).toBeGreaterThan(0);
    expect(broken({}, logOf('deterministic', 'outage', 'deterministic', 'outage'), plain)).toEqual([]);
  });

  it('is broken by what was left, tried too often, or wasted', () => {
    expect(broken({ recovered: 3 }, logOf())).toEqual([
      'recover: 1 Fireworks that can complete are not COMPLETED',
    ]);
    const who = `recover: Firework ${String(HOPELESS)}, which never completes, has`;
    expect(broken({}, logOf('deterministic', 'deterministic', 'deterministic'))).toEqual([
      `${who} 3 failures of the same error, and 2 are enough`,
    ]);
    expect(broken({}, logOf('deterministic', 'outage', 'outage', 'outage', 'outage'))).toEqual([
      `${who} 5 launches, and the policy allows 4`,
    ]);
    expect(broken({ wasted: 21 }, logOf(), plain)).toEqual([
      "recover: it wasted 21.0 % of the plain loop's core hours, more than 20 %",
    ]);
  });
});

it('a table shows the arms side by side', () => {
  const late = { ...TALLY, finishedAfter: undefined, causes: [] };
  const table = tableOf(
    [
      { name: 'lpad recover', tally: TALLY },
      { name: 'plain', tally: late },
    ],
    30,
  );
  expect(table.split('\n')).toEqual(
    expect.arrayContaining([
      '|  | lpad recover | plain |',
      '| nights to finish | 3 | not in 30 |',
      '| core hours of work completed | 1,234 | 1,234 |',
      '| failed: deterministic | 1, 0 COMPLETED; 2 times, 2 at most; 20 h | none |',
    ]),
  );
});

it('the command line says what is wrong with it', () => {
  expect(readOptions([])).toMatchObject({
    workflows: 5000,
    nights: 30,
    seeds: [1],
    kill: false,
    uri: undefined,
  });
  expect(readOptions(['--seeds', '1,2', '--store', 'mongodb://x'])).toMatchObject({
    seeds: [1, 2],
    uri: 'mongodb://x',
  });
  expect(() => readOptions(['--workflows', 'many'])).toThrow('--workflows: many is no number from 1');
  expect(() => readOptions(['--every', '0'])).toThrow('--every: 0 is no number of hours up to 12');
  expect(() => readOptions(['--end', 'soon'])).toThrow('--end: soon is no date');
});
