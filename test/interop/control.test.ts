/** Pausing, defusing, archiving and editing leave what Python's lpad leaves, document by document. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { MongoClient, type Document } from 'mongodb';
import { main } from '../../src/cli/main';
import { localDate } from '../../src/launchpad/local-date';
import { fakeIo } from '../support/fake-io';
import { freshDatabase, mongoUri, type TestDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

const COLLECTIONS = ['fireworks', 'launches', 'workflows', 'fw_id_assigner'];
const ALL = '1,2,3,4,5,6,7,8,9,10,11';

/** The same words for both programs. */
const COMMANDS: readonly (readonly string[])[] = [
  ['pause_fws', '-i', '4,8,11'],
  ['pause_wflows', '-i', '1'],
  ['resume_fws', '-s', 'PAUSED'],
  ['defuse_fws', '-i', '3,4,5,8,10'],
  ['reignite_fws', '-i', ALL],
  ['reignite_wfs', '-i', '6'],
  ['archive_wflows', '-i', '7'],
  ['archive_wfs', '-s', 'DEFUSED'],
  ['set_priority', '-2', '-i', ALL],
  ['set_priority', '7', '-i', '10', '-wf'],
  [
    'update_fws',
    '-i',
    ALL,
    '-u',
    '{"settings.k.1": 2.0, "_tasks.0.script": "true", "big": 12345678901, "new": {"a": null}}',
  ],
  [
    'update_fws',
    '-s',
    'WAITING',
    '--mongo',
    '-u',
    '{"$unset": {"spec.settings.k": ""}, "$inc": {"spec.n": 1}, "$push": {"spec.list": [1]}}',
  ],
];

describeWithPeer('a command that changes states or specs', () => {
  const home = temporaryFolder();
  let client: MongoClient;
  let source: TestDatabase;

  /**
   * 1 COMPLETED, below it 2 COMPLETED, 3 FIZZLED, 4 READY, 5 PAUSED, 6 DEFUSED; 7 COMPLETED below 2, 8 WAITING below 3.
   * Apart from them 9, FIZZLED and DEFUSED, with a child 10 that tolerates it and is PAUSED, and 11 WAITING below that.
   */
  beforeAll(async () => {
    client = await new MongoClient(mongoUri() ?? '').connect();
    source = freshDatabase();
    const folder = join(home, 'source');
    mkdirSync(folder);
    const file = writeLaunchpadFile(folder, source);
    const settings = { settings: { k: [1, 2] }, n: 1 };
    const firework = (fw_id: number, script: string, spec: object = {}): object => ({
      fw_id,
      spec: { ...settings, ...spec, _tasks: [{ _fw_name: 'ScriptTask', script }] },
    });
    const first = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => firework(id, id === 3 ? 'exit 3' : 'true'));
    const links = { 1: [2, 3, 4, 5, 6], 2: [7], 3: [8] };
    const tolerant = { _allow_fizzled_parents: true };
    const second = [firework(1, 'exit 3'), firework(2, 'true', tolerant), firework(3, 'true')];
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ fws: first, links, metadata: {} }));
    writeFileSync(
      join(folder, 'b.json'),
      JSON.stringify({ fws: second, links: { 1: [2], 2: [3] }, metadata: { a: 1 } }),
    );
    await theirs(file, 'reset', '--password', localDate(new Date()));
    await theirs(file, 'add', join(folder, 'a.json'), join(folder, 'b.json'));
    for (const id of [1, 2, 3, 7, 9])
      expect(await peerRlaunch(file, folder, 'singleshot', '-f', String(id))).toMatchObject({ code: 0 });
    await theirs(file, 'pause_fws', '-i', '5,10');
    await theirs(file, 'defuse_fws', '-i', '6,9');
  }, 120_000);

  afterAll(async () => {
    await client.close();
  });

  async function theirs(file: string, ...words: readonly string[]): Promise<void> {
    expect(await peerLpad(file, ...words)).toMatchObject({ code: 0 });
  }

  async function copyOf(name: string): Promise<{ database: TestDatabase; file: string }> {
    const database = freshDatabase();
    for (const collection of COLLECTIONS) {
      const documents = await client
        .db(source.name)
        .collection(collection)
        .find({}, { promoteValues: false })
        .toArray();
      await client.db(database.name).collection(collection).insertMany(documents);
    }
    const folder = join(home, name);
    mkdirSync(folder, { recursive: true });
    return { database, file: writeLaunchpadFile(folder, database) };
  }

  /** Every document; a date is its type, and whether it has moved. */
  async function documents(
    { name }: TestDatabase,
    before?: readonly Document[],
  ): Promise<readonly Document[]> {
    const found: Document[] = [];
    for (const collection of COLLECTIONS) {
      const all = client.db(name).collection(collection).find<Document>({}, { promoteValues: false });
      for (const one of await all.sort({ _id: 1 }).toArray()) found.push({ ...one });
    }
    if (!before) return found;
    return found.map((one, index) => {
      const { updated_on: date, nodes: _nodes, archived_launches: archived, ...others } = one;
      const was = before[index]?.['updated_on'] as unknown;
      const moved = EJSON.stringify([date]) !== EJSON.stringify([was]);
      const kind = date instanceof Date ? 'Date' : typeof date;
      return {
        ...(JSON.parse(EJSON.stringify(others, { relaxed: false })) as Document),
        updated_on: moved ? `${kind}, moved` : `${kind}, as it was`,
        archived_launches: Array.isArray(archived) ? archived.map(Number).sort() : null,
      };
    });
  }

  it.each(COMMANDS.map((words, index) => [words.join(' '), words, String(index)] as const))(
    '%s',
    async (_, words, index) => {
      const before = await documents(source);
      const python = await copyOf(`python-${index}`);
      const lpad = await copyOf(`lpad-${index}`);
      await theirs(python.file, ...words, '--password', localDate(new Date()));
      const { io, err } = fakeIo('', { cwd: join(lpad.file, '..'), now: () => new Date() });
      const status = await main(['-l', lpad.file, ...words, '--yes'], io);
      const expected = await documents(python.database, before);
      expect([await documents(lpad.database, before), err()]).toEqual([expected, expect.any(String)]);
      // FireWorks says nothing of what it leaves alone; neither is it a failure.
      expect(status).toBe(0);
      expect(expected).not.toEqual(await documents(source, before));
    },
    60_000,
  );
});
