/** A month by every arm, over the same population in the same surroundings. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicyText, type PolicyFile } from '../../src/specs/recovery/policy-file';
import { drawFrom, type Draw } from './model/draw';
import { makePopulation, type Population } from './model/population';
import { makeSurroundings, type Surroundings } from './model/surroundings';
import { findDisagreements } from './report/agreement';
import { tallyOf, type Tally } from './report/tally';
import { brokenClaims } from './report/verify';
import { plainLoop, recovery, type Arm } from './run/arm';
import { openArmStore, type ArmStore } from './run/arm-store';
import { firstNoon, SimulatedClock } from './run/clock';
import { killedRecovery } from './run/killed-recovery';
import type { LaunchLog } from './run/launch-log';
import { simulateMonth, type Month } from './run/month';

export type ArmName = 'recover' | 'killed' | 'plain';

export interface SimulationOptions {
  readonly workflows: number;
  readonly nights: number;
  readonly seed: number;
  readonly arms: readonly ArmName[];
  /** Hours between two calls of recover in a night. */
  readonly every: number;
  readonly uri: string | undefined;
  readonly keep: string | undefined;
  /** The last morning. */
  readonly end: Date;
  /** The built `bin/lpad.js`, for the arm that is killed. */
  readonly lpad: string;
  readonly onNight?: (arm: ArmName, night: number, log: LaunchLog, population: Population) => void;
}

export interface ArmResult {
  readonly arm: ArmName;
  readonly tally: Tally;
  readonly log: LaunchLog;
  readonly calls: Calls;
}

/** Of recover. */
export interface Calls {
  readonly made: number;
  readonly killed: number;
  /** Seconds, of those in this process. */
  readonly seconds: number;
  readonly slowest: { readonly seconds: number; readonly failures: number };
}

export interface Simulation {
  readonly seed: number;
  readonly hosts: number;
  readonly results: readonly ArmResult[];
  /** Nothing is as it should be. */
  readonly broken: readonly string[];
}

export const POLICY_FILE = join(__dirname, 'recovery.yaml');

/** So many hosts for each workflow: without failures they are busy for half of the month. */
const HOSTS_SHARE = 0.03;
const FEWEST_HOSTS = 10;
/** Workflows are added during this part of the month. */
const ADDING_SHARE = 1 / 3;

export async function simulate(options: SimulationOptions): Promise<Simulation> {
  const { seed, workflows, nights, arms } = options;
  const draw = drawFrom(seed);
  const hosts = Math.max(FEWEST_HOSTS, Math.ceil(workflows * HOSTS_SHARE));
  const scene: Scene = {
    population: makePopulation(workflows, Math.max(1, Math.round(nights * ADDING_SHARE)), draw),
    around: makeSurroundings(hosts, draw),
    draw,
    policy: parsePolicyText(readFileSync(POLICY_FILE, 'utf8'), { file: 'recovery.yaml', format: 'yaml' }),
  };
  const results: ArmResult[] = [];
  const broken: string[] = [];
  for (const arm of arms) {
    const { disagreements, ...result } = await simulateArm(arm, scene, options);
    results.push(result);
    broken.push(...disagreements.map((one) => `${arm}: ${one}`));
  }
  const plain = results.find(({ arm }) => arm === 'plain')?.tally;
  for (const { arm, ...result } of results)
    if (arm !== 'plain')
      broken.push(...brokenClaims({ name: arm, ...result }, scene.population, scene.policy.policy, plain));
  return { seed, hosts, results, broken };
}

interface Scene {
  readonly population: Population;
  readonly around: Surroundings;
  readonly draw: Draw;
  readonly policy: PolicyFile;
}

type JudgedArm = ArmResult & { readonly disagreements: readonly string[] };

async function simulateArm(name: ArmName, scene: Scene, options: SimulationOptions): Promise<JudgedArm> {
  const { nights, end, uri, keep, onNight } = options;
  const place = await openArmStore(name, POLICY_FILE, { uri, keep });
  try {
    const start = firstNoon(nights, end);
    const clock = new SimulatedClock(start);
    const { store } = place;
    const { arm, calls } = makeArm(name, scene, options, place, clock);
    const { population } = scene;
    const month: Month = await simulateMonth(
      {
        store,
        clock,
        ...scene,
        nights,
        onNight: (night, log) => onNight?.(name, night, log, population),
      },
      arm,
    );
    const tally = await tallyOf(store, population, month);
    const disagreements = await findDisagreements(store, month.log, start);
    return { arm: name, tally, log: month.log, calls: calls(), disagreements };
  } finally {
    await place.close();
  }
}

function makeArm(
  name: ArmName,
  { policy, draw }: Scene,
  { every, uri, lpad }: SimulationOptions,
  { store, folder }: ArmStore,
  clock: SimulatedClock,
): { readonly arm: Arm; readonly calls: () => Calls } {
  const calls = { made: 0, killed: 0, seconds: 0, slowest: { seconds: 0, failures: 0 } };
  const told = (): Calls => calls;
  switch (name) {
    case 'plain':
      return { arm: plainLoop({ store, clock }), calls: told };
    case 'recover': {
      const onCall = (seconds: number, failures: number): void => {
        calls.made += 1;
        calls.seconds += seconds;
        if (seconds > calls.slowest.seconds) calls.slowest = { seconds, failures };
      };
      return {
        arm: recovery({ store, clock }, { file: 'recovery.yaml', policy, every, onCall }),
        calls: told,
      };
    }
    case 'killed': {
      const onCall = (killed: boolean): void => {
        calls.made += 1;
        if (killed) calls.killed += 1;
      };
      const kind = uri === undefined ? 'embedded' : 'mongodb';
      return { arm: killedRecovery({ clock, draw, folder, kind, lpad, every, onCall }), calls: told };
    }
  }
}
