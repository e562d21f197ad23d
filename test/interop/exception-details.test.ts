/** EXCEPT_DETAILS_ON_RERUN: what a failed Firetask told is in the spec of the next attempt, as Python's lpad puts it there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Double, EJSON, Long } from 'bson';
import { MongoClient, type Document } from 'mongodb';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { freshDatabase, mongoUri, type TestDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

const COLLECTIONS = ['fireworks', 'launches', 'workflows', 'fw_id_assigner'];

/** By Firework; the last two are a parent and its child, which tolerates the failure and failed as well. */
const DETAILS: readonly unknown[] = [
  { code: 7, ratio: new Double(2), big: Long.fromString('12345678901'), nested: { list: [1, null, 'x'] } },
  'a text',
  {},
  null,
  0,
  [1],
  { parent: true },
  { child: true },
];
const STALE = { code: 'of an earlier attempt' };

describeWithPeer('details of an exception', () => {
  const home = temporaryFolder();
  let client: MongoClient;
  let source: TestDatabase;

  /** Fireworks that FIZZLED in Python's rocket, and details as its exceptions would have had them. */
  beforeAll(async () => {
    client = await new MongoClient(mongoUri() ?? '').connect();
    source = freshDatabase();
    const folder = folderOf('source');
    const file = writeLaunchpadFile(folder, source);
    const last = DETAILS.length;
    const fws = DETAILS.map((_, index) => ({
      fw_id: index + 1,
      spec: {
        _tasks: [{ _fw_name: 'ScriptTask', script: 'exit 3' }],
        ...(index === last - 1 ? { _allow_fizzled_parents: true } : {}),
        ...(index % 2 === 1 ? { _exception_details: STALE } : {}),
      },
    }));
    const workflow = { fws, links: { [last - 1]: [last] }, metadata: {} };
    writeFileSync(join(folder, 'w.json'), JSON.stringify(workflow));
    expect(await peerLpad(file, 'reset', '--password', today())).toMatchObject({ code: 0 });
    expect(await peerLpad(file, 'add', join(folder, 'w.json'))).toMatchObject({ code: 0 });
    expect(await peerRlaunch(file, folder, 'rapidfire')).toMatchObject({ code: 0 });
    const launches = client.db(source.name).collection('launches');
    for (const [index, details] of DETAILS.entries()) {
      const set = { 'action.stored_data._exception._details': details };
      await launches.updateOne({ fw_id: index + 1, state: 'FIZZLED' }, { $set: set });
    }
  }, 120_000);

  afterAll(async () => {
    await client.close();
  });

  function folderOf(name: string): string {
    const folder = join(home, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A copy of the source, in which FW_config.yaml is as given. */
  async function place(name: string, wanted: boolean): Promise<{ database: TestDatabase; file: string }> {
    const database = freshDatabase();
    for (const collection of COLLECTIONS) {
      const documents = await client
        .db(source.name)
        .collection(collection)
        .find({}, { promoteValues: false })
        .toArray();
      await client.db(database.name).collection(collection).insertMany(documents);
    }
    const folder = folderOf(`${name}-${String(wanted)}`);
    writeFileSync(join(folder, 'FW_config.yaml'), `EXCEPT_DETAILS_ON_RERUN: ${String(wanted)}\n`);
    return { database, file: writeLaunchpadFile(folder, database) };
  }

  async function specs({ name }: TestDatabase): Promise<unknown> {
    const found = await client
      .db(name)
      .collection('fireworks')
      .find<Document>({}, { promoteValues: false, projection: { _id: 0, fw_id: 1, state: 1, spec: 1 } })
      .sort({ fw_id: 1 })
      .toArray();
    return JSON.parse(EJSON.stringify(found, { relaxed: false }));
  }

  it.each([true, false])(
    'come and go as with Python when the setting is %s',
    async (wanted) => {
      const theirs = await place('python', wanted);
      const ours = await place('lpad', wanted);
      const ids = DETAILS.slice(0, -1).map((_, index) => String(index + 1));
      expect(await peerLpad(theirs.file, 'rerun_fws', '-i', ids.join(','))).toMatchObject({ code: 0 });
      const { io, err } = fakeIo('', { cwd: join(ours.file, '..'), now: () => new Date() });
      expect([await main(['-l', ours.file, 'rerun_fws', '-i', ids.join(',')], io), err()]).toEqual([
        0,
        expect.stringContaining('7 Fireworks rerun, 1 descendant reset'),
      ]);
      const expected = await specs(theirs.database);
      expect(await specs(ours.database)).toEqual(expected);
      expect(JSON.stringify(expected).includes('"child":true')).toBe(wanted);
    },
    120_000,
  );
});

function today(): string {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
