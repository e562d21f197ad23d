/** New runs of what Python ran, and run by Python: the documents are FireWorks' own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient, type Document } from 'mongodb';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { freshDatabase, mongoUri } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

/** Leaves an action for Python's rocket. */
function acting(fw_id: number, name: string, action: object = {}): object {
  const none = {
    append_wfs: [],
    exit: false,
    mod_spec: [],
    additions: [],
    detours: [],
    defuse_children: false,
  };
  const text = JSON.stringify({ stored_data: {}, update_spec: {}, ...none, ...action });
  const script = `cat > FWAction.json <<'END'\n${text}\nEND`;
  return { fw_id, name, spec: { list: [0], _tasks: [{ _fw_name: 'ScriptTask', script }] } };
}

const DETOUR = {
  fws: [acting(-1, 'made', { mod_spec: [{ _push: { list: 9 } }] })],
  links: {},
  metadata: {},
  name: 'detour',
};

const WORKFLOW = {
  name: 'w',
  metadata: { owner: 'amy' },
  fws: [
    acting(1, 'one', { mod_spec: [{ _push: { list: 1 } }], detours: [DETOUR] }),
    acting(2, 'two', { stored_data: { seen: 2 }, mod_spec: [{ _push: { list: 2 } }] }),
    acting(3, 'three'),
  ],
  links: { 1: [2], 2: [3] },
};

describeWithPeer('new runs', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();
  const client = new MongoClient(mongoUri() ?? '');
  const db = client.db(database.name);
  afterAll(async () => {
    await client.close();
    await database.drop();
  });

  jest.setTimeout(240_000);

  async function lpad(...words: readonly string[]): Promise<{ status: number; out: string; err: string }> {
    const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
    const status = await main(['-l', join(folder, 'my_launchpad.yaml'), ...words], io);
    return { status, out: out(), err: err() };
  }

  async function listsOf(...fwIds: readonly number[]): Promise<unknown> {
    const found = db.collection('fireworks').find({ fw_id: { $in: [...fwIds] } }, { sort: { fw_id: 1 } });
    return (await found.toArray()).map((one) => (one['spec'] as Document)['list'] as unknown);
  }

  it('are made of what Python ran, and Python runs them', async () => {
    const settings = writeLaunchpadFile(folder, database);
    writeFileSync(join(folder, 'wf.json'), JSON.stringify(WORKFLOW));
    const day = new Date().toLocaleDateString('sv');
    expect((await peerLpad(settings, 'reset', '--password', day)).stderr).toBe('');
    expect((await peerLpad(settings, 'add', 'wf.json')).stderr).toBe('');
    const here = join(folder, 'runs');
    mkdirSync(here);
    await peerRlaunch(settings, here, 'rapidfire');
    expect(await db.collection('workflows').countDocuments({ state: 'COMPLETED', nodes: { $size: 4 } })).toBe(
      1,
    );
    expect(await listsOf(1, 2, 3, 4)).toEqual([[0], [0, 1, 9], [0, 2], [0]]);

    expect(await lpad('rerun_wflows', '-i', '2', '--as-new')).toMatchObject({
      status: 0,
      out:
        'new run  1 w -> 5 w: 3 Fireworks run\n' +
        '         left out, since 1 one creates them when it runs: 4 made\n' +
        '         not recorded how these were first run, taken as they are now: 1 one, 2 two, 3 three\n',
    });
    expect(await listsOf(5, 6, 7)).toEqual([[0], [0], [0]]);
    expect(await lpad('rerun_wflows', '--rerun-from', '3')).toMatchObject({
      status: 0,
      out:
        'new run  1 w -> 8 w: 1 Firework runs, 3 kept with results\n' +
        '         not recorded with which specs these were run, taken as they are now: 3 three\n',
    });
    expect(await listsOf(8, 9, 10, 11)).toEqual([[0], [0, 1, 9], [0, 2], [0]]);

    await peerRlaunch(settings, here, 'rapidfire');
    expect(await db.collection('workflows').countDocuments({ state: 'COMPLETED' })).toBe(3);
    // The clone ran one Firework; the three others have copies of their launches.
    const shown = await peerLpad(settings, 'get_fws', '-i', '9', '-d', 'all');
    expect(JSON.parse(shown.stdout)).toMatchObject({
      fw_id: 9,
      state: 'COMPLETED',
      launches: [{ fw_id: 9, state: 'COMPLETED', action: { stored_data: { seen: 2 } } }],
    });
    const launches = await db
      .collection('launches')
      .find({ fw_id: { $in: [8, 9, 10, 11] } })
      .toArray();
    const originals = await db
      .collection('launches')
      .find({ fw_id: { $in: [1, 2, 4] } })
      .toArray();
    expect(launches).toHaveLength(4);
    const dirs = (all: readonly Document[]) => new Set(all.map((one) => one['launch_dir'] as string));
    expect([...dirs(originals)].every((dir) => dirs(launches).has(dir))).toBe(true);
    // Python keeps the names of origins when it rewrites the workflow.
    const clone = await db.collection('workflows').findOne({ nodes: 10 });
    expect(clone?.['metadata']).toEqual({ owner: 'amy', rerun_of: 1, rerun_from: 3 });
    expect((await lpad('lineage', '-i', '10', '-o', 'ids')).out).toBe('1\n5\n8\n');
    const reset = await peerLpad(settings, 'rerun_fws', '-i', '9');
    expect(reset.stderr).toBe('');
    expect(await db.collection('fireworks').findOne({ fw_id: 9 })).toMatchObject({ state: 'READY' });
  });
});
