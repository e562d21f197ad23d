/** Offline runs between the two programs: Python's reservation, our rocket, and either one's recover_offline. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main, mainRlaunch } from '../../src/cli/main';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { fakeIo } from '../support/fake-io';
import { freshDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, runPeer, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

/** What qlaunch does before it submits a job with --offline. */
const RESERVE = `
import os, sys
from fireworks import LaunchPad, FWorker
from fireworks.queue.queue_launcher import setup_offline_job
lp = LaunchPad.from_file(sys.argv[1])
for fw_id in (int(one) for one in sys.argv[3:]):
    folder = os.path.join(sys.argv[2], f"launcher_{fw_id}")
    os.makedirs(folder)
    fw, launch_id = lp.reserve_fw(FWorker(name="cluster"), folder, fw_id=fw_id)
    os.chdir(folder)
    setup_offline_job(lp, fw, launch_id)
    lp.set_reservation_id(launch_id, 4711)
`;

describeWithPeer('offline runs that Python reserved', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();
  afterAll(() => database.drop());
  let file = '';
  const place = (fwId: number): string => join(folder, 'runs', `launcher_${String(fwId)}`);

  beforeAll(async () => {
    file = writeLaunchpadFile(folder, database);
    const day = new Date().toLocaleDateString('sv');
    await peerLpad(file, 'reset', '--password', day);
    const task = (script: string): object => ({ _fw_name: 'ScriptTask', script, store_stdout: true });
    const spec = (script: string, more = {}): object => ({ ...more, _tasks: [task(script)] });
    const fws = [
      { fw_id: 1, name: 'good', spec: spec('echo $PWD; echo 1.50', { half: 0.5 }) },
      { fw_id: 2, name: 'after', spec: spec('true') },
    ];
    writeFileSync(
      join(folder, 'good.json'),
      JSON.stringify({ name: 'w', metadata: {}, fws, links: { 1: [2] } }),
    );
    writeFileSync(join(folder, 'bad.json'), JSON.stringify({ name: 'bad', spec: spec('exit 3') }));
    writeFileSync(join(folder, 'idle.json'), JSON.stringify({ name: 'idle', spec: spec('true') }));
    const added = await peerLpad(file, 'add', 'good.json', 'bad.json', 'idle.json', 'good.json');
    expect(added.code).toBe(0);
    mkdirSync(join(folder, 'runs'));
    const reserved = await runPeer(RESERVE, [file, join(folder, 'runs'), '1', '3', '4', '5']);
    expect(reserved).toMatchObject({ code: 0 });
  });

  async function rlaunch(cwd: string, ...argv: readonly string[]): Promise<{ status: number; err: string }> {
    const { io, err } = fakeIo('', { cwd, home: folder, now: () => new Date() });
    return { status: await mainRlaunch(argv, io), err: err() };
  }

  async function states(): Promise<Readonly<Record<number, string>>> {
    const store = createMongoStore({ uri: database.uri, database: database.name });
    await store.open();
    try {
      const found: Record<number, string> = {};
      for await (const { fwId, state } of store.findFireworks({}, 'summary')) found[fwId] = state;
      return found;
    } finally {
      await store.close();
    }
  }

  it('are run without the database, and say what became of them in their directories', async () => {
    expect((await rlaunch(place(1), 'singleshot', '--offline', '--fw_id', '1')).status).toBe(0);
    const left = JSON.parse(readFileSync(join(place(1), 'FW_offline.json'), 'utf8')) as object;
    expect(left).toMatchObject({
      launch_id: 1,
      state: 'COMPLETED',
      fwaction: { stored_data: { stdout: `${place(1)}\n1.50\n`, returncode: 0 } },
      checkpoint: { _task_n: 0 },
    });
    expect(JSON.parse(readFileSync(join(place(1), 'FW_ping.json'), 'utf8'))).toHaveProperty('ping_time');
    expect(existsSync(join(place(1), 'FW_offline.lock'))).toBe(false);
    expect(await states()).toMatchObject({ 1: 'RESERVED', 2: 'WAITING' });
    const again = await rlaunch(place(1), 'singleshot', '--offline');
    expect(again.status).toBe(1);
    expect(again.err).toContain('has ended already');
  });

  it("are brought home by Python's recover_offline", async () => {
    expect((await peerLpad(file, 'recover_offline')).code).toBe(0);
    expect(await states()).toMatchObject({ 1: 'COMPLETED', 2: 'READY', 3: 'RESERVED' });
  });

  it('are run one after the other where they were prepared, and brought home by ours', async () => {
    mkdirSync(join(folder, 'empty'));
    expect((await rlaunch(join(folder, 'empty'), 'rapidfire', '--offline')).err).toContain(
      'No offline run is prepared',
    );
    expect((await rlaunch(folder, 'rapidfire', '--offline', '--nlaunches', '2')).status).toBe(0);
    const { io, out, err } = fakeIo('', { cwd: folder, home: folder, now: () => new Date() });
    expect(await main(['-l', file, 'recover_offline'], io)).toBe(0);
    expect(out()).toBe('FIZZLED   3: launch 2\nCOMPLETED 4: launch 3\nreserved  5: launch 4\n');
    expect(err()).toContain('FINISHED recovering offline runs. 3 job(s) recovered: [3, 4, 5]');
    expect(await states()).toEqual({
      1: 'COMPLETED',
      2: 'READY',
      3: 'FIZZLED',
      4: 'COMPLETED',
      5: 'RESERVED',
      6: 'WAITING',
    });
    const python = await peerLpad(file, 'get_fws', '-i', '3', '-d', 'all');
    expect(JSON.parse(python.stdout)).toMatchObject({
      state: 'FIZZLED',
      launches: [{ state: 'FIZZLED', launch_id: 2 }],
    });
  });

  it('are forgotten on request, and left alone where their directory is not', async () => {
    const { io } = fakeIo('', { cwd: folder, home: folder, now: () => new Date() });
    expect(await main(['-l', file, 'forget_offline', '-i', '5'], io)).toBe(0);
    const again = fakeIo('', { cwd: folder, home: folder, now: () => new Date() });
    expect(await main(['-l', file, 'recover_offline', '-o', 'json'], again.io)).toBe(0);
    expect(JSON.parse(again.out())).toEqual({ runs: [] });
  });
});
