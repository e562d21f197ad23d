/** Reruns if needed beside Python's programs: marks stay, what Python ran is compared, and source code is GridFS'. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { createFiretaskRegistry } from '../../src/rocket/firetask-registry';
import { rapidfire } from '../../src/rocket/rapidfire';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { WORKER } from '../integration/rocket/rocket-world';
import { fakeIo } from '../support/fake-io';
import { freshDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, runPeer, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

const READ_FILE = [
  'import gridfs, pymongo, sys',
  'database = pymongo.MongoClient(sys.argv[1])[sys.argv[2]]',
  "bucket = gridfs.GridFSBucket(database, 'lpad_sourcecode')",
  'sys.stdout.write(bucket.open_download_stream(sys.argv[3]).read().decode())',
].join('\n');

describeWithPeer('a rerun if needed, beside Python', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();
  const file = writeLaunchpadFile(folder, database);
  const store = createMongoStore({ uri: database.uri, database: database.name });

  beforeAll(() => store.open());
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  async function lpad(...argv: readonly string[]): Promise<string> {
    const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
    await main(['-l', file, ...argv], io);
    return out() + err();
  }

  async function runOurs(): Promise<void> {
    const quiet = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    };
    const signal = new AbortController().signal;
    const registry = createFiretaskRegistry([]);
    const where = { store, worker: WORKER, registry, folder, logger: quiet, signal };
    await rapidfire({ ...where, nlaunches: 0, sleepSecs: 0 });
  }

  it('keeps marks and source code through what Python does to the workflow', async () => {
    await store.reset();
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'a.txt'), 'x'.repeat(300_000));
    const spec = {
      x: 1,
      _sourcecode: { dir: project },
      _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }],
    };
    const fws = [1, 2].map((id) => ({ fw_id: id, name: 'same', spec: { ...spec, x: id } }));
    writeFileSync(join(folder, 'w.json'), JSON.stringify({ fws, links: {}, metadata: { own: 1 } }));
    await lpad('add', 'w.json');
    await runOurs();
    expect(await lpad('mark_fws', '-i', '1')).toContain('marked    1 same');

    expect(await peerLpad(file, 'rerun_fws', '-i', '1')).toMatchObject({ code: 0 });
    expect(await peerRlaunch(file, folder, 'rapidfire')).toMatchObject({ code: 0 });

    for await (const { state, metadata } of store.findWorkflows({}))
      expect([state, metadata]).toEqual(['COMPLETED', { own: 1, _marked: { 1: true } }]);
    expect(await lpad('get_fws', '-n', 'same', '--latest', '-d', 'ids')).toBe('1\n');
    expect(await lpad('rerun_fws', '-i', '1', '--needed')).toContain('has no record, as FireWorks');
    expect(await lpad('rerun_fws', '-i', '2', '--needed', '--set', 'x=1')).toContain(
      "x=1  (by FireWorks' rocket: values of the present spec)",
    );

    const described = JSON.parse(await lpad('cat', '--sourcecode', '-i', '1', '-o', 'json')) as {
      readonly launch_id: number;
      readonly files: readonly { readonly hash: string }[];
    };
    expect(described.launch_id).toBe(1);
    const read = await runPeer(READ_FILE, [database.uri, database.name, described.files[0]?.hash ?? '']);
    expect([read.code, read.stdout === 'x'.repeat(300_000)]).toEqual([0, true]);
  }, 120_000);
});
