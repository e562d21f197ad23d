/** Kills commands with which whole documents come and go, and looks what the next one makes of it. */
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import type { WorldMaker } from './describe-kills';
import type { Tally } from './kill-rounds';
import { leftovers, repair, runKilled, type KillWorld } from './kill-world';
import type { Scene } from './structure-scenes';
import { misfits, readWhole, shapeOf, textOf, type Whole } from './whole-world';

export interface StructureRounds extends WorldMaker {
  readonly scene: Scene;
  /** Which of the writes to kill at, of so many. */
  readonly pick: (writes: number) => readonly number[];
}

const UNDO = ['undo', '--yes'];
/** A lock is waited for longer. */
const PATIENCE_MS = 45_000;

interface Round {
  readonly world: KillWorld;
  readonly store: LaunchPadStore;
  readonly before: Whole;
}

async function withRound<Result>(
  { scene, createWorld, dispose }: StructureRounds,
  work: (round: Round) => Promise<Result>,
): Promise<Result> {
  const world = await createWorld();
  const store = await world.openStore();
  try {
    await store.reset();
    await scene.fill(store);
    return await work({ world, store, before: await readWhole(store) });
  } finally {
    await store.close();
    await dispose(world);
  }
}

async function mustEnd(world: KillWorld, args: readonly string[], where: string): Promise<number> {
  const { code, stdout, stderr } = await runKilled(world, args);
  if (code !== 0)
    throw new Error(`${where}: ${args.join(' ')} ended with ${String(code)}: ${stdout}${stderr}`);
  return Number(/writes: (\d+)/.exec(stderr)?.[1]);
}

interface Unkilled {
  readonly writes: number;
  readonly undoWrites: number;
  readonly after: Whole;
}

function runUnkilled(rounds: StructureRounds): Promise<Unkilled> {
  return withRound(rounds, async ({ world, store, before }) => {
    const writes = await mustEnd(world, rounds.scene.command(world), 'nobody killed it');
    const after = await readWhole(store);
    expect(misfits(after)).toEqual([]);
    const undoWrites = await mustEnd(world, UNDO, 'nobody killed it');
    expect(await readWhole(store)).toEqual(before);
    return { writes, undoWrites, after };
  });
}

/** Each part as it was before, or as the command leaves it. */
function fates({ parts }: Scene, now: Whole, before: Whole, after: Whole): readonly string[] {
  return parts.map((part) => {
    if (textOf(now, part) === textOf(before, part)) return 'before';
    const [is, wanted] = [shapeOf(now, part), shapeOf(after, part)];
    if (is === wanted) return 'after';
    return `Fireworks ${part.join(', ')}: ${differenceOf(textOf(now, part), textOf(before, part))}; or ${differenceOf(is, wanted)}`;
  });
}

function differenceOf(is: string, wanted: string): string {
  let at = 0;
  while (at < is.length && is[at] === wanted[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 80), at + 80);
  return `${around(is)} instead of ${around(wanted)}`;
}

/** The command is killed; then a repair, or the same command again, in turn; and an undo brings everything back. */
export async function killCommands(rounds: StructureRounds): Promise<Tally> {
  const { scene, pick } = rounds;
  const { writes, after } = await runUnkilled(rounds);
  const tally = { kills: 0 };
  for (const [turn, killAt] of pick(writes).entries()) {
    await withRound(rounds, async ({ world, store, before }) => {
      const where = `killed at write ${String(killAt)} of ${String(writes)}`;
      const { killed, stderr } = await runKilled(world, scene.command(world), killAt);
      if (!killed) throw new Error(`not ${where}: ${stderr}`);
      tally.kills += 1;
      const again = scene.again && turn % 2 === 1;
      const begun = Date.now();
      if (again) await runKilled(world, scene.command(world));
      else await repair(store);
      // Nobody waits for the locks of what is dead, or gone.
      expect(Date.now() - begun).toBeLessThan(PATIENCE_MS);
      const now = await readWhole(store);
      expect([where, await leftovers(store), misfits(now)]).toEqual([where, [], []]);
      const found = fates(scene, now, before, after);
      const wrong = found.filter((fate) => fate !== 'after' && (again || fate !== 'before'));
      expect([where, wrong.slice(0, 2)]).toEqual([where, []]);
      if (again || !found.includes('after')) return;
      await mustEnd(world, UNDO, where);
      expect([where, await readWhole(store)]).toEqual([where, before]);
    });
  }
  return tally;
}

/** An undo is killed: after a repair every part is wholly brought back, or wholly as the command left it. */
export async function killUndosOf(rounds: StructureRounds): Promise<Tally> {
  const { scene, pick } = rounds;
  const { undoWrites: writes, after } = await runUnkilled(rounds);
  const tally = { kills: 0 };
  for (const killAt of pick(writes)) {
    await withRound(rounds, async ({ world, store, before }) => {
      const where = `undo killed at write ${String(killAt)} of ${String(writes)}`;
      await mustEnd(world, scene.command(world), where);
      const { killed, stderr } = await runKilled(world, UNDO, killAt);
      if (!killed) throw new Error(`not ${where}: ${stderr}`);
      tally.kills += 1;
      await repair(store);
      const now = await readWhole(store);
      expect([where, await leftovers(store), misfits(now)]).toEqual([where, [], []]);
      const wrong = fates(scene, now, before, after).filter((fate) => fate !== 'after' && fate !== 'before');
      expect([where, wrong.slice(0, 2)]).toEqual([where, []]);
    });
  }
  return tally;
}
