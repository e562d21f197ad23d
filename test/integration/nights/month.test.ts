/** A month of nights in little: `npm run simulate:nights` does the same with 5,000 workflows (docs/nightly.md). */
import { dirname, join } from 'node:path';
import { simulate, type Simulation, type SimulationOptions } from '../../../bench/nights/simulate';
import { MOST_WASTED } from '../../../bench/nights/report/verify';
import { describeWithMongo, freshDatabase } from '../../support/mongod';
import { buildRlaunch } from '../rocket/build-program';

const LITTLE: SimulationOptions = {
  workflows: 60,
  nights: 30,
  seed: 1,
  arms: ['recover', 'plain'],
  every: 3,
  uri: undefined,
  keep: undefined,
  end: new Date(2026, 0, 31),
  lpad: '',
};

function armOf({ results }: Simulation, name: string): Simulation['results'][number] {
  const found = results.find(({ arm }) => arm === name);
  if (!found) throw new Error(`there is no arm ${name}`);
  return found;
}

/** Each call is a process. */
const KILLED = { workflows: 60, nights: 8, every: 6 };

jest.setTimeout(300_000);

describe('a month of nights', () => {
  it('ends with all COMPLETED that can, nothing hopeless tried too often, and little wasted', async () => {
    const wasted = { recover: 0, plain: 0 };
    for (const seed of [1, 2]) {
      const month = await simulate({ ...LITTLE, seed });
      // Of so few a single one may decide: what is wasted is asked of all months together.
      expect(month.broken.filter((one) => !one.includes('it wasted'))).toEqual([]);
      const [recover, plain] = [armOf(month, 'recover').tally, armOf(month, 'plain').tally];
      expect(recover.finishedAfter).toBeDefined();
      expect(recover.recovered).toBe(recover.recoverable);
      expect(recover.quarantined).toBeGreaterThan(0);
      expect(recover.reruns).toBeGreaterThan(10);
      expect(plain.reruns).toBeGreaterThan(recover.reruns);
      // What both complete is the same work.
      expect(recover.useful).toBeGreaterThanOrEqual(plain.useful);
      wasted.recover += recover.wasted;
      wasted.plain += plain.wasted;
    }
    expect(wasted.recover).toBeLessThanOrEqual(MOST_WASTED * wasted.plain);
  });

  it('is the same again', async () => {
    const again = await Promise.all(
      [0, 1].map(() => simulate({ ...LITTLE, workflows: 30, nights: 8, arms: ['recover'] })),
    );
    const [one, other] = again.map((month) => armOf(month, 'recover'));
    expect(one?.tally).toEqual(other?.tally);
    expect(one?.log.launches).toEqual(other?.log.launches);
  });
});

describe('a month of nights with lpad recover killed by SIGKILL at random', () => {
  it('ends the same on the embedded store', async () => {
    const lpad = join(dirname(await buildRlaunch()), 'lpad.js');
    await endsTheSame({ ...LITTLE, ...KILLED, lpad });
  });
});

describeWithMongo('a month of nights with lpad recover killed by SIGKILL at random, on MongoDB,', () => {
  const { uri, drop } = freshDatabase();
  afterAll(drop);

  it('ends the same', async () => {
    const lpad = join(dirname(await buildRlaunch()), 'lpad.js');
    await endsTheSame({ ...LITTLE, ...KILLED, uri, lpad });
  });
});

async function endsTheSame(options: SimulationOptions): Promise<void> {
  const month = await simulate({ ...options, arms: ['recover', 'killed'] });
  expect(month.broken).toEqual([]);
  const [recover, killed] = [armOf(month, 'recover'), armOf(month, 'killed')];
  expect(killed.calls.killed).toBeGreaterThan(3);
  expect(killed.log.completed).toEqual(recover.log.completed);
}
