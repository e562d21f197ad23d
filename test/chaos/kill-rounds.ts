/** Kills a command at its writes, one after the other, and looks what the next command makes of it. */
import {
  documentsOf,
  fates,
  fill,
  leftovers,
  repair,
  runKilled,
  snapshot,
  type KillWorld,
} from './kill-world';

const WORKFLOWS = 60;

export interface Tally {
  kills: number;
}

export interface RoundOptions {
  /** Which of the writes to kill at, of so many. */
  readonly pick: (writes: number) => readonly number[];
  readonly createWorld: () => Promise<KillWorld>;
  readonly dispose: (world: KillWorld) => Promise<void>;
}

/** How many writes the command has when nobody kills it. */
async function countWrites(options: RoundOptions, prepare: boolean): Promise<number> {
  return withWorld(options, async (world) => {
    const roots = await filled(world);
    if (prepare) await runKilled(world, rerun(roots));
    const { code, stderr } = await runKilled(world, prepare ? UNDO : rerun(roots));
    if (code !== 0) throw new Error(`the command that nobody kills ended with ${String(code)}: ${stderr}`);
    return Number(/writes: (\d+)/.exec(stderr)?.[1]);
  });
}

const UNDO = ['undo', '--yes'];

function rerun(roots: readonly number[]): readonly string[] {
  return ['rerun_fws', '-i', roots.join(','), '--yes', '-o', 'json'];
}

async function filled(world: KillWorld): Promise<readonly number[]> {
  const store = await world.openStore();
  await store.reset();
  const roots = await fill(store, WORKFLOWS);
  await store.close();
  return roots;
}

async function withWorld<Result>(
  { createWorld, dispose }: RoundOptions,
  work: (world: KillWorld) => Promise<Result>,
): Promise<Result> {
  const world = await createWorld();
  try {
    return await work(world);
  } finally {
    await dispose(world);
  }
}

/** A rerun is killed; then a repair, or the same rerun again, in turn; and an undo brings everything back. */
export async function killReruns(options: RoundOptions): Promise<Tally> {
  const writes = await countWrites(options, false);
  const tally = { kills: 0 };
  for (const killAt of options.pick(writes)) {
    await withWorld(options, async (world) => {
      const where = `killed at write ${String(killAt)} of ${String(writes)}`;
      const roots = await filled(world);
      const store = await world.openStore();
      const before = await snapshot(store);
      const { killed, stderr } = await runKilled(world, rerun(roots), killAt);
      if (!killed) throw new Error(`not ${where}: ${stderr}`);
      tally.kills += 1;
      const again = killAt % 2 === 0;
      if (again) {
        const next = await runKilled(world, rerun(roots));
        if (next.code !== 0)
          throw new Error(
            `${where}, the next rerun ended with ${String(next.code)}: ${next.stdout}${next.stderr}`,
          );
      } else await repair(store);
      expect([where, await leftovers(store)]).toEqual([where, []]);
      const after = fates(before, await snapshot(store));
      const wrong = after.filter((fate) => fate !== 'rerun' && (again || fate !== 'untouched'));
      expect([where, wrong.slice(0, 3)]).toEqual([where, []]);
      if (!again) await undoAndCompare(world, store, before, after, where);
      await store.close();
    });
  }
  return tally;
}

async function undoAndCompare(
  world: KillWorld,
  store: Awaited<ReturnType<KillWorld['openStore']>>,
  before: Awaited<ReturnType<typeof snapshot>>,
  after: readonly string[],
  where: string,
): Promise<void> {
  if (!after.includes('rerun')) return;
  const undone = await runKilled(world, UNDO);
  if (undone.code !== 0)
    throw new Error(`${where}, undo ended with ${String(undone.code)}: ${undone.stderr}`);
  expect([where, documentsOf(await snapshot(store))]).toEqual([where, documentsOf(before)]);
}

/** An undo is killed: after a repair every workflow is wholly brought back or wholly as the rerun left it. */
export async function killUndos(options: RoundOptions): Promise<Tally> {
  const writes = await countWrites(options, true);
  const tally = { kills: 0 };
  for (const killAt of options.pick(writes)) {
    await withWorld(options, async (world) => {
      const where = `undo killed at write ${String(killAt)} of ${String(writes)}`;
      const roots = await filled(world);
      const store = await world.openStore();
      const before = await snapshot(store);
      await runKilled(world, rerun(roots));
      const { killed, stderr } = await runKilled(world, UNDO, killAt);
      if (!killed) throw new Error(`not ${where}: ${stderr}`);
      tally.kills += 1;
      await repair(store);
      expect([where, await leftovers(store)]).toEqual([where, []]);
      const wrong = fates(before, await snapshot(store)).filter(
        (fate) => fate !== 'rerun' && fate !== 'untouched',
      );
      expect([where, wrong.slice(0, 3)]).toEqual([where, []]);
      await store.close();
    });
  }
  return tally;
}
