/** Undo and plan files on both stores: whole documents, as they were. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { fakeIo } from '../support/fake-io';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { populate } from '../support/population';

interface Opened {
  readonly config: object;
  readonly store: LaunchPadStore;
}

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Every document of the database, in order. */
async function snapshot(store: LaunchPadStore): Promise<unknown> {
  const fireworks: unknown[] = [];
  const workflows: unknown[] = [];
  for await (const firework of store.findFireworks({}, 'all')) fireworks.push(firework);
  for await (const workflow of store.findWorkflows({})) workflows.push(workflow);
  return { fireworks, workflows, locks: await store.findLockHolders() };
}

function takesBack(open: () => Opened): void {
  let folder = '';
  let store: LaunchPadStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lpad-undo-'));
    const opened = open();
    ({ store } = opened);
    writeFileSync(join(folder, 'my_launchpad.json'), JSON.stringify(opened.config));
    await store.open();
    await store.reset();
    await populate(store);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function lpad(...argv: readonly string[]): Promise<Result> {
    const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
    const status = await main(['-l', join(folder, 'my_launchpad.json'), ...argv], io);
    return { status, out: out(), err: err() };
  }

  async function journalIds(): Promise<readonly string[]> {
    const runs = JSON.parse((await lpad('journal', '-o', 'json')).out) as readonly { journal_id: string }[];
    return runs.map((run) => run.journal_id);
  }

  it('makes every document what it was before a rerun with changed specs, and undoing that brings the rerun back', async () => {
    const before = await snapshot(store);
    const rerun = await lpad(
      'rerun_fws',
      '-q',
      '{}',
      '--yes',
      '--include-running',
      '--set',
      'a.b=1.0',
      '--unset',
      'hot',
    );
    expect([rerun.status, rerun.err]).toEqual([0, expect.stringContaining('Fireworks rerun')]);
    const after = await snapshot(store);
    expect(after).not.toEqual(before);
    expect(await lpad('undo', '--yes')).toMatchObject({ status: 0 });
    expect(await snapshot(store)).toStrictEqual(before);
    const [undone = ''] = await journalIds();
    const redo = await lpad('undo', undone, '--yes');
    expect([redo.status, redo.out]).toEqual([0, expect.not.stringContaining('moved on')]);
    expect(await snapshot(store)).toStrictEqual(after);
  });

  it('goes back step by step when it is repeated', async () => {
    const before = await snapshot(store);
    await lpad('rerun_fws', '-s', 'FIZZLED', '--yes');
    await lpad('rerun_fws', '-s', 'COMPLETED', '--yes');
    await lpad('undo', '--yes');
    await lpad('undo', '--yes');
    expect(await snapshot(store)).toStrictEqual(before);
    expect(await lpad('undo')).toMatchObject({
      status: 1,
      err: expect.stringContaining('nothing to undo') as string,
    });
  });

  it('leaves what a rocket has taken up since, names it, and restores the others', async () => {
    const [first = 0, second = 0] = await store.findFireworkIds({ where: { state: 'FIZZLED' } });
    await lpad('rerun_fws', '-s', 'FIZZLED', '--yes');
    await store.claimFirework({ fwId: first, where: {}, order: 'id', now: new Date() });
    const undo = await lpad('undo', '--yes');
    expect(undo.status).toBe(1);
    expect(undo.out).toContain(`moved on ${String(first)} `);
    expect(undo.out).toContain('it was READY after the change, and is RESERVED now');
    expect(undo.out).toContain(`restored ${String(second)} `);
    expect(await store.findFireworkIds({ ids: [first, second], where: { state: 'FIZZLED' } })).toEqual([
      second,
    ]);
  });

  it('a plan changes nothing until it is applied, then just what it says, and only once', async () => {
    const before = await snapshot(store);
    expect(await lpad('rerun_fws', '-s', 'FIZZLED', '--plan', 'plan.json')).toMatchObject({ status: 0 });
    expect(await snapshot(store)).toStrictEqual(before);
    const planned = await store.findFireworkIds({ where: { state: 'FIZZLED' } });
    const applied = await lpad('apply', 'plan.json', '--yes', '-o', 'ids');
    expect([applied.status, applied.out.trim().split('\n').map(Number)]).toEqual([0, planned]);
    const again = await lpad('apply', 'plan.json', '--yes');
    expect([again.status, again.out]).toEqual([5, expect.stringContaining('state was FIZZLED, is READY')]);
    await lpad('undo', '--yes');
    expect(await snapshot(store)).toStrictEqual(before);
  });

  it('a plan spares the workflows that have moved on, names them, and ends with 5', async () => {
    const [first = 0, second = 0] = await store.findFireworkIds({ where: { state: 'FIZZLED' } });
    await lpad('rerun_fws', '-s', 'FIZZLED', '--plan', 'plan.json');
    await lpad('rerun_fws', '-i', String(first));
    const applied = await lpad('apply', 'plan.json', '--yes');
    expect(applied.status).toBe(5);
    expect(applied.out).toContain(
      `left alone: Firework ${String(first)} has changed: state was FIZZLED, is READY`,
    );
    expect(await store.findFireworkIds({ ids: [second], where: { state: 'READY' } })).toEqual([second]);
  });

  it('does not overwrite a plan, and refuses one of another database', async () => {
    await lpad('rerun_fws', '-s', 'FIZZLED', '--plan', 'plan.json');
    expect(await lpad('rerun_fws', '-s', 'COMPLETED', '--plan', 'plan.json')).toMatchObject({ status: 2 });
    const other = join(folder, 'other.json');
    writeFileSync(other, JSON.stringify({ path: join(folder, 'db') }));
    const { io, err } = fakeIo('', { cwd: folder });
    expect(await main(['-l', other, 'apply', 'plan.json'], io)).toBe(2);
    expect(err()).toContain('was made for');
    expect(existsSync(join(folder, 'plan.json'))).toBe(true);
  });
}

describe('taking back on the embedded store', () => {
  takesBack(() => {
    const folder = mkdtempSync(join(tmpdir(), 'lpad-undo-db-'));
    return { config: { path: folder }, store: createEmbeddedStore({ folder }) };
  });
});

describeWithMongo('taking back on MongoDB', () => {
  takesBack(() => {
    const { uri, name } = freshDatabase();
    return { config: { host: uri, name, uri_mode: true }, store: createMongoStore({ uri, database: name }) };
  });
});
