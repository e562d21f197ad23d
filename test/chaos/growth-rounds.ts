/** Kills a rocket whose Firetask lets its workflow grow, and looks that it has grown once in the end. */
import { addWorkflows } from '../../src/launchpad/add-workflows';
import { parseWorkflowFile } from '../../src/specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import type { WorldMaker } from './describe-kills';
import type { Tally } from './kill-rounds';
import { leftovers, runKilled, type Ended, type KillWorld } from './kill-world';
import { misfits, readWhole } from './whole-world';

export interface GrowthRounds extends WorldMaker {
  readonly pick: (writes: number) => readonly number[];
}

const TASK = { _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] };

/** 1 → 2, where 1 grows (grow.cjs). */
async function fill(store: LaunchPadStore): Promise<void> {
  const fws = [
    { fw_id: 1, name: 'grows', spec: { _tasks: [{ _fw_name: 'GrowTask' }] } },
    { fw_id: 2, name: 'follows', spec: TASK },
  ];
  const text = JSON.stringify({ name: 'w', fws, links: { 1: [2] } });
  await addWorkflows(store, parseWorkflowFile(text, { file: 'w.json', format: 'json', now: new Date() }));
}

/** 1 grows when it is run. */
function launch(world: KillWorld, killAt?: number): Promise<Ended> {
  const { rocket = [] } = world;
  return runKilled({ ...world, program: rocket }, ['-s', 'singleshot', '-f', '1'], killAt);
}

async function withFilled<Result>(
  { createWorld, dispose }: GrowthRounds,
  work: (world: KillWorld, store: LaunchPadStore) => Promise<Result>,
): Promise<Result> {
  const world = await createWorld();
  const store = await world.openStore();
  try {
    await store.reset();
    await fill(store);
    return await work(world, store);
  } finally {
    await store.close();
    await dispose(world);
  }
}

/** What people type after a crash: lost runs and reservations are rerun, and what is READY is run. */
async function goOn(world: KillWorld, where: string): Promise<void> {
  const { rocket = [] } = world;
  const lpad = [
    ['repair'],
    ['detect_unreserved', '--time', '0', '--rerun'],
    ['detect_lostruns', '--time', '0', '--rerun', '--refresh'],
  ];
  const ended = [];
  for (const args of lpad) ended.push(await runKilled(world, args));
  ended.push(await runKilled({ ...world, program: rocket }, ['-s', 'rapidfire']));
  const failed = ended.filter(({ code }) => code !== 0).map(({ stdout, stderr }) => stdout + stderr);
  expect([where, failed]).toEqual([where, []]);
}

export async function killGrowth(rounds: GrowthRounds): Promise<Tally> {
  const writes = await withFilled(rounds, async (world) => {
    const { code, stderr } = await launch(world);
    if (code !== 0) throw new Error(`the rocket that nobody kills ended with ${String(code)}: ${stderr}`);
    return Number(/writes: (\d+)/.exec(stderr)?.[1]);
  });
  const tally = { kills: 0 };
  for (const killAt of rounds.pick(writes)) {
    await withFilled(rounds, async (world, store) => {
      const where = `killed at write ${String(killAt)} of ${String(writes)}`;
      const { killed, stderr } = await launch(world, killAt);
      if (!killed) throw new Error(`not ${where}: ${stderr}`);
      tally.kills += 1;
      await goOn(world, where);
      expect([where, await whatIsWrong(store)]).toEqual([where, []]);
    });
  }
  return tally;
}

/** It has grown once, and each Firework has run once to its end. */
async function whatIsWrong(store: LaunchPadStore): Promise<readonly string[]> {
  const whole = await readWhole(store);
  const wrong = [...(await leftovers(store)), ...misfits(whole)];
  const [workflow, ...others] = whole.workflows;
  if (!workflow || others.length > 0) wrong.push(`there are ${String(whole.workflows.length)} workflows`);
  else if (workflow.state !== 'COMPLETED') wrong.push(`the workflow is ${workflow.state}`);
  const names = whole.fireworks.map(({ name }) => name).sort();
  if (names.join() !== 'aside,follows,grows,more') wrong.push(`there are ${names.join(', ')}`);
  for (const { name, state, launches, spec } of whole.fireworks) {
    if (state !== 'COMPLETED' || launches.length !== 1)
      wrong.push(`${name} is ${state}, of launches ${launches.join()}`);
    if (name === 'follows' && spec['grown'] !== true) wrong.push('the spec of follows is not changed');
  }
  const completed = whole.launches.filter(({ state }) => state === 'COMPLETED').map(({ fwId }) => fwId);
  if (new Set(completed).size !== completed.length)
    wrong.push(`COMPLETED more than once: ${completed.join()}`);
  return wrong;
}
