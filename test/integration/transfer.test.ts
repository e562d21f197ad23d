/** Databases that are exported and imported, from MongoDB to the embedded store and back: the very documents. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { Double, EJSON, Int32, Long, ObjectId, serialize } from 'bson';
import { MongoClient, type Db } from 'mongodb';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { describeWithMongo, freshDatabase, type TestDatabase } from '../support/mongod';
import { createTemporaryFolder } from '../support/temporary-folder';

const COLLECTIONS = [
  'workflows',
  'fireworks',
  'launches',
  'lpad_launch_records',
  'offline_runs',
  'lpad_quarantine',
  'fw_gridfs.files',
  'fw_gridfs.chunks',
];
const RAW = { promoteValues: true };
const DATE = '2026-11-21T08:01:43.755861+00:00';

type Pairs = readonly (readonly [string, unknown])[];

/** Maps keep the order of keys that are numbers. */
function doc(pairs: Pairs): Map<string, unknown> {
  return new Map([['_id', new ObjectId()], ...pairs]);
}

function firework(fwId: number, more: Pairs = []): Map<string, unknown> {
  const state = 'COMPLETED';
  const own: Pairs = [
    ['fw_id', fwId],
    ['name', `f${fwId}`],
    ['state', state],
    ['created_on', DATE],
    ['updated_on', DATE],
  ];
  const lists: Pairs = [
    ['launches', []],
    ['archived_launches', []],
    ['spec', { _tasks: [] }],
  ];
  return new Map([...doc([...own, ...lists]), ...more]);
}

function launch(launchId: number, fwId: number, more: Pairs = []): Map<string, unknown> {
  const own: Pairs = [
    ['launch_id', launchId],
    ['fw_id', fwId],
    ['state', 'COMPLETED'],
    ['launch_dir', '/runs/1'],
  ];
  const rest: Pairs = [
    ['action', null],
    ['state_history', []],
    ['time_start', null],
    ['time_end', null],
  ];
  return new Map([...doc([...own, ...rest]), ...more]);
}

function workflow(nodes: readonly number[], links: Pairs, more: Pairs = []): Map<string, unknown> {
  const states = new Map(nodes.map((node) => [String(node), 'COMPLETED']));
  const own: Pairs = [
    ['nodes', nodes],
    ['links', new Map(links)],
    ['parent_links', new Map()],
    ['fw_states', states],
  ];
  const dates: Pairs = [
    ['created_on', new Date(1000)],
    ['updated_on', new Date(2000)],
  ];
  return new Map([
    ...doc([['name', 'w'], ['state', 'COMPLETED'], ['metadata', {}], ...own, ...dates]),
    ...more,
  ]);
}

function quarantine(fwId: number, launchId: number): Map<string, unknown> {
  return new Map<string, unknown>([
    ['_id', fwId],
    ['fw_id', fwId],
    ['name', `f${fwId}`],
    ['launch_id', launchId],
    ['rule', 'bad input'],
    ['night', 'monday'],
    ['since', new Date(3000)],
    ['released_on', null],
  ]);
}

/** Every kind of thing that a database may hold. */
function richDocuments(): Readonly<Record<string, readonly Map<string, unknown>[]>> {
  const spec = new Map<string, unknown>([
    [
      '_tasks',
      [
        new Map<string, unknown>([
          ['script', 'true'],
          ['_fw_name', 'ScriptTask'],
        ]),
      ],
    ],
    [
      'b',
      new Map<string, unknown>([
        ['2', 'x'],
        ['1', [new Int32(1), new Double(1), null]],
      ]),
    ],
    ['large', Long.fromString('1152921504606846976')],
    ['$date', 'no date'],
    ['_recovery', { _launch_id: 21, _prev_dir: '/runs/1', _task_n: 0 }],
    ['_fizzled_parents', [{ fw_id: 7, launches: [{ launch_id: 21, fw_id: 7 }] }]],
  ]);
  const file = new ObjectId();
  return {
    workflows: [
      workflow(
        [12, 7, 9],
        [
          ['7', [9]],
          ['12', []],
          ['9', [12]],
        ],
        [['locked', true]],
      ),
      // Of the family of the first one, whose root is not in the file any more.
      workflow(
        [30],
        [['30', []]],
        [['metadata', { owner: 'amy', n: new Double(2), rerun_of: 7, root_of: 3 }]],
      ),
    ],
    fireworks: [
      firework(12, [
        ['updated_on', new Date(5)],
        ['state', 'PAUSED'],
      ]),
      firework(7, [
        ['launches', [22]],
        ['archived_launches', [23, 21]],
        ['spec', spec],
      ]),
      firework(9, [
        ['launches', [24]],
        ['state', 'RUNNING'],
      ]),
      firework(30, [['launches', [22]]]),
      // In no workflow.
      firework(40, [['launches', [99]]]),
    ],
    launches: [
      launch(21, 7, [['action', { gridfs_id: file.toHexString() }]]),
      launch(22, 7, [
        ['runtime_secs', new Double(1)],
        ['action', { append_wfs: [{ parents: [7, 9] }] }],
      ]),
      launch(23, 7),
      launch(24, 9, [['state', 'RUNNING']]),
      // Listed by nobody.
      launch(25, 12),
    ],
    lpad_launch_records: [
      new Map<string, unknown>([
        ['_id', 21],
        ['launch_id', 21],
        ['fw_id', 7],
        ['name', 'f7'],
        ['spec', new Map([['b', new Double(1)]])],
        ['started_on', DATE],
      ]),
    ],
    offline_runs: [
      doc([
        ['fw_id', 9],
        ['launch_id', 24],
        ['name', 'f9'],
        ['completed', false],
        ['deprecated', false],
      ]),
    ],
    // Of Firework 7, in force; and of one that is not in the file any more.
    lpad_quarantine: [quarantine(7, 22), quarantine(40, 99)],
    'fw_gridfs.files': [
      new Map<string, unknown>([
        ['_id', file],
        ['length', 2],
        ['metadata', { launch_id: 21 }],
      ]),
    ],
    'fw_gridfs.chunks': [
      doc([
        ['files_id', file],
        ['n', 0],
        ['data', Buffer.from('{}')],
      ]),
    ],
  };
}

describeWithMongo('an export', () => {
  let cwd = '';
  let source: TestDatabase;
  let target: TestDatabase;
  let client: MongoClient;

  beforeAll(async () => {
    client = await MongoClient.connect(freshDatabase().uri, { promoteValues: false });
  });

  afterAll(() => client.close());

  beforeEach(async () => {
    cwd = createTemporaryFolder();
    source = freshDatabase();
    target = freshDatabase();
    for (const [folder, database] of [
      ['source', source],
      ['target', target],
    ] as const) {
      mkdirSync(join(cwd, folder));
      const settings = { host: database.uri, name: database.name, uri_mode: true };
      writeFileSync(join(cwd, folder, 'my_launchpad.yaml'), JSON.stringify(settings));
      expect(await lpad(folder, 'reset', '--yes')).toMatchObject({ status: 0 });
    }
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'folder', 'my_launchpad.yaml'), 'path: db\n');
  });

  afterEach(async () => {
    await source.drop();
    await target.drop();
  });

  async function lpad(
    where: 'source' | 'target' | 'folder',
    ...words: readonly string[]
  ): Promise<{ status: number; out: string; err: string }> {
    const { io, out, err } = fakeIo('', { cwd });
    const status = await main(['-l', join(cwd, where, 'my_launchpad.yaml'), ...words], io);
    return { status, out: out(), err: err() };
  }

  function db(database: TestDatabase): Db {
    return client.db(database.name);
  }

  async function fill(): Promise<void> {
    for (const [name, docs] of Object.entries(richDocuments()))
      await db(source)
        .collection(name)
        .insertMany([...docs]);
    await db(source)
      .collection('fw_id_assigner')
      .updateOne({}, { $set: { next_fw_id: 60, next_launch_id: 101 } });
  }

  /** The bytes of every document, but for locks, which are not exported. */
  async function bytesOf(database: TestDatabase): Promise<object> {
    const found: Record<string, readonly string[]> = {};
    for (const name of [...COLLECTIONS, 'fw_id_assigner']) {
      const projection = { locked: 0, lpad_lock: 0 };
      const docs = db(database)
        .collection(name)
        .find({}, { raw: true, projection, sort: { _id: 1 } });
      found[name] = (await docs.toArray()).map((bytes) =>
        Buffer.from(bytes as unknown as Uint8Array).toString('hex'),
      );
    }
    return found;
  }

  function lines(file: string): readonly string[] {
    return readFileSync(join(cwd, file), 'utf8').trimEnd().split('\n');
  }

  it('brings a database into another one, byte by byte', async () => {
    await fill();
    const file = join(cwd, 'all.jsonl');
    const exported = await lpad('source', 'export', file);
    expect(exported).toEqual({
      status: 0,
      out: '',
      err: `Exported 2 workflows, 5 Fireworks, 5 launches, 1 offline run and 1 large action to ${file}.\n`,
    });
    expect(await lpad('target', 'import', file)).toEqual({
      status: 0,
      out: 'Imported 2 workflows, 5 Fireworks, 5 launches, 1 offline run and 1 large action.\n',
      err: expect.stringContaining('1 Firework RUNNING or RESERVED (9)') as string,
    });
    expect(await bytesOf(target)).toEqual(await bytesOf(source));
  });

  it('goes through the embedded store unchanged', async () => {
    await fill();
    await lpad('source', 'export', 'all.jsonl');
    expect(await lpad('folder', 'import', 'all.jsonl')).toMatchObject({ status: 0 });
    expect((await lpad('folder', 'get_fws', '-s', 'PAUSED', '-d', 'ids')).out).toBe('12\n');
    expect((await lpad('folder', 'get_wflows', '-i', '9', '-d', 'count')).out).toBe('1\n');
    expect(await lpad('folder', 'export', 'again.jsonl')).toMatchObject({ status: 0 });
    const documents = (file: string): readonly string[] => lines(file).slice(1).toSorted();
    expect(documents('again.jsonl')).toEqual(documents('all.jsonl'));
    expect(await lpad('target', 'import', 'again.jsonl')).toMatchObject({ status: 0 });
    expect(await bytesOf(target)).toEqual(await bytesOf(source));
  });

  it('is canonical Extended JSON, a document a line, as its schema says', async () => {
    await fill();
    await lpad('source', 'export', 'all.jsonl');
    const schema: object = JSON.parse(readFileSync('schemas/export.schema.json', 'utf8')) as object;
    const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);
    const wrong = lines('all.jsonl').filter((line) => !validate(JSON.parse(line)));
    expect(wrong).toEqual([]);
    const [line = ''] = lines('all.jsonl').filter((one) => one.includes('"owner"'));
    const { document } = EJSON.parse(line, { relaxed: false }) as { readonly document: object };
    const [stored] = await db(source).collection('workflows').find({ nodes: 30 }, { raw: true }).toArray();
    expect(Buffer.from(serialize(document))).toHaveLength((stored as unknown as Uint8Array).length);
  });

  it('of a selection has whole workflows, and those that own their launches', async () => {
    await fill();
    expect(await lpad('source', 'export', '-i', '30', 'some.jsonl')).toMatchObject({
      status: 0,
      err:
        'Exported 2 workflows, 4 Fireworks, 5 launches, 1 offline run and 1 large action to some.jsonl.\n' +
        'Among them 1 workflow with launches that the selected ones share.\n',
    });
    expect(await lpad('source', 'export', '-q', '{"metadata.owner": "nobody"}', '-')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\{"format".*\n\{"end":\{\}\}\n$/) as string,
    });
  });

  it('is refused as a whole when an id is taken, and what is there stays as it is', async () => {
    await fill();
    await lpad('source', 'export', 'all.jsonl');
    await db(target).collection('fireworks').insertOne(firework(9));
    const before = await bytesOf(target);
    expect(await lpad('target', 'import', 'all.jsonl')).toEqual({
      status: 1,
      out: '',
      err:
        'lpad: Firework 9 is in the database already; nothing was imported\n' +
        '  try: lpad import --new-ids FILE   (adds copies; --resume goes on with an import that broke off)\n',
    });
    expect(await bytesOf(target)).toEqual(before);
    expect(await lpad('source', 'import', 'all.jsonl')).toMatchObject({ status: 1 });
  });

  it('gets new ids everywhere when asked', async () => {
    await fill();
    await db(source).collection('fireworks').deleteOne({ fw_id: 40 });
    await lpad('source', 'export', 'all.jsonl');
    const { status, out } = await lpad('source', 'import', '--new-ids', 'all.jsonl', '-o', 'json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      fw_ids: { 7: 60, 9: 61, 12: 62, 30: 63 },
      launch_ids: { 21: 101, 22: 102, 23: 103, 24: 104, 25: 105 },
    });
    const copy = async (name: string, query: object): Promise<object> => {
      const found = await db(source).collection(name).findOne(query, RAW);
      return found ?? {};
    };
    expect(await copy('workflows', { nodes: 62 })).toMatchObject({
      nodes: [62, 60, 61],
      links: { 60: [61], 61: [62], 62: [] },
      fw_states: { 60: 'COMPLETED', 61: 'COMPLETED', 62: 'COMPLETED' },
    });
    expect(await copy('workflows', { nodes: 63 })).toMatchObject({
      metadata: { owner: 'amy', n: 2, rerun_of: 60 },
    });
    expect(await copy('workflows', { nodes: 63, 'metadata.root_of': { $exists: true } })).toEqual({});
    expect(await copy('fireworks', { fw_id: 60 })).toMatchObject({
      launches: [102],
      archived_launches: [103, 101],
      spec: {
        _recovery: { _launch_id: 101 },
        _fizzled_parents: [{ fw_id: 60, launches: [{ launch_id: 101, fw_id: 60 }] }],
      },
    });
    expect(await copy('fireworks', { fw_id: 63 })).toMatchObject({ launches: [102] });
    expect(await copy('launches', { launch_id: 102 })).toMatchObject({
      fw_id: 60,
      action: { append_wfs: [{ parents: [60, 61] }] },
    });
    expect(await copy('lpad_launch_records', { fw_id: 60 })).toEqual({
      ...(await db(source)
        .collection('lpad_launch_records')
        .findOne({ _id: 21 } as object, RAW)),
      _id: 101,
      launch_id: 101,
      fw_id: 60,
    });
    expect(await copy('lpad_quarantine', { fw_id: 60 })).toEqual({
      ...Object.fromEntries(quarantine(7, 22)),
      _id: 60,
      fw_id: 60,
      launch_id: 102,
    });
    expect(await copy('offline_runs', { fw_id: 61 })).toMatchObject({ launch_id: 104 });
    const file = (await copy('fw_gridfs.files', { 'metadata.launch_id': 101 })) as { _id: ObjectId };
    expect(await copy('launches', { launch_id: 101 })).toMatchObject({
      action: { gridfs_id: file._id.toHexString() },
    });
    expect(await db(source).collection('fw_gridfs.chunks').countDocuments({ files_id: file._id })).toEqual(
      new Int32(1),
    );
    expect(await db(source).collection('fireworks').countDocuments({})).toEqual(new Int32(8));
  });

  it('is gone on with after an import that broke off', async () => {
    await fill();
    await lpad('source', 'export', 'all.jsonl');
    await lpad('target', 'import', 'all.jsonl');
    const whole = await bytesOf(target);
    await db(target)
      .collection('fireworks')
      .deleteMany({ fw_id: { $in: [7, 30] } });
    await db(target).collection('launches').deleteOne({ launch_id: 25 });
    expect(await lpad('target', 'import', '--resume', 'all.jsonl')).toMatchObject({
      status: 0,
      out: 'Imported 0 workflows, 2 Fireworks and 1 launch.\n',
      err: expect.stringContaining('15 documents had been imported before.') as string,
    });
    expect(await bytesOf(target)).toEqual(whole);
  });

  it('gets new ids once, also in an import that broke off and is gone on with', async () => {
    await fill();
    await db(source).collection('fireworks').deleteOne({ fw_id: 40 });
    await lpad('source', 'export', 'all.jsonl');
    expect(await lpad('target', 'import', '--new-ids', '--resume', 'all.jsonl')).toMatchObject({ status: 1 });
    await lpad('target', 'import', '--new-ids', 'all.jsonl');
    const whole = await bytesOf(target);
    for (const query of [{ fw_id: 2 }, { fw_id: 4 }])
      await db(target).collection('fireworks').deleteOne(query);
    await db(target).collection('launches').deleteOne({ launch_id: 1 });
    await db(target).collection('workflows').deleteOne({ nodes: 4 });
    expect(await lpad('target', 'import', '--new-ids', '--resume', 'all.jsonl')).toMatchObject({
      status: 0,
      out: 'Imported 1 workflow, 2 Fireworks and 1 launch as Fireworks 1 to 4.\n',
    });
    expect(await bytesOf(target)).toEqual(whole);
    expect(await lpad('target', 'import', '--new-ids', '--resume', 'all.jsonl')).toMatchObject({ status: 0 });
    expect(await bytesOf(target)).toEqual(whole);
    await lpad('target', 'import', '--new-ids', 'all.jsonl');
    expect(await db(target).collection('fireworks').countDocuments({})).toEqual(new Int32(8));
  });

  it('is taken back by undo, but for what has changed since, and comes again', async () => {
    await fill();
    await db(source).collection('fireworks').deleteOne({ fw_id: 40 });
    await lpad('source', 'export', 'all.jsonl');
    const said = await lpad('target', 'import', 'all.jsonl', '-o', 'json');
    const { journal_id: run } = JSON.parse(said.out) as { journal_id: string };
    expect(said.err).toContain(`to take it back: lpad undo ${run}`);
    const whole = await bytesOf(target);
    expect((await lpad('target', 'journal', '-o', 'json')).out).toContain('"operation": "import"');
    expect(await lpad('target', 'undo', '--dry-run')).toMatchObject({ status: 0 });
    expect(await bytesOf(target)).toEqual(whole);
    const undone = await lpad('target', 'undo', '-o', 'json');
    expect(undone.status).toBe(0);
    const { journal_id: back, fireworks } = JSON.parse(undone.out) as {
      journal_id: string;
      fireworks: { fw_id: number; outcome: string }[];
    };
    expect(fireworks.map(({ fw_id }) => fw_id)).toEqual([7, 9, 12, 30]);
    const counted = async (name: string): Promise<string> =>
      String(await db(target).collection(name).countDocuments({}));
    for (const name of ['workflows', 'fireworks', 'lpad_launch_records', 'lpad_quarantine'])
      expect(await counted(name)).toBe('0');
    await lpad('target', 'undo', back);
    expect(await counted('fireworks')).toBe('4');
    expect(await counted('lpad_quarantine')).toBe('1');
    expect(await lpad('target', 'rerun_fws', '-i', '30')).toMatchObject({ status: 0 });
    await db(target)
      .collection('lpad_journal')
      .updateMany({ run }, { $set: { status: 'done' } });
    const second = await lpad('target', 'undo', run, '-o', 'json');
    expect(second.status).toBe(1);
    expect((JSON.parse(second.out) as { fireworks: object[] }).fireworks).toMatchObject([
      { fw_id: 7, outcome: 'restored' },
      { fw_id: 9, outcome: 'restored' },
      { fw_id: 12, outcome: 'restored' },
      { fw_id: 30, outcome: 'moved on' },
    ]);
    expect(await counted('fireworks')).toBe('1');
  });

  it('is not resumed over what only has the same ids', async () => {
    await fill();
    await lpad('source', 'export', 'all.jsonl');
    await db(target).collection('launches').insertOne(launch(22, 1));
    expect(await lpad('target', 'import', '--resume', 'all.jsonl')).toMatchObject({
      status: 1,
      err: expect.stringContaining('launch 22 is in the database already') as string,
    });
  });

  it('leaves no id to be given again', async () => {
    await fill();
    await lpad('source', 'export', '-i', '7', 'some.jsonl');
    await lpad('target', 'import', 'some.jsonl');
    writeFileSync(join(cwd, 'one.json'), '{"spec": {"_tasks": []}}');
    expect((await lpad('target', 'add', 'one.json')).out).toContain('{-1: 13}');
    expect((await db(target).collection('fw_id_assigner').findOne())?.['next_launch_id']).toEqual(
      new Int32(26),
    );
  });

  it.each<[string, (whole: readonly string[]) => readonly string[], string]>([
    ['that ends too early', (whole) => whole.slice(0, -1), 'ends too early'],
    ['that lacks a line', (whole) => whole.filter((_, at) => at !== 3), 'is not whole: it should have'],
    ['that is something else', () => ['{"spec": {}}'], 'line 1: is no line of an export'],
    ['without its first line', (whole) => whole.slice(1), 'the first line is not that of an export'],
    [
      'of a later version',
      (whole) => [whole[0]?.replace('"version":1', '"version":2') ?? '', ...whole.slice(1)],
      'is of version 2',
    ],
    [
      'that was cut in a line',
      (whole) => [...whole.slice(0, 2), whole[2]?.slice(0, 50) ?? ''],
      'line 3: is no JSON',
    ],
    ['with a document twice', (whole) => [...whole.slice(0, 2), ...whole.slice(1)], 'stands there twice'],
    [
      'with a wrong document',
      (whole) => whole.map((line) => line.replaceAll('"COMPLETED"', '"DONE"')),
      'whose state is missing or wrong',
    ],
  ])('%s is refused', async (_what, change, says) => {
    await fill();
    await lpad('source', 'export', 'all.jsonl');
    writeFileSync(
      join(cwd, 'wrong.jsonl'),
      change(lines('all.jsonl'))
        .map((line) => `${line}\n`)
        .join(''),
    );
    const before = await bytesOf(target);
    const refused = await lpad('target', 'import', 'wrong.jsonl');
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.err).toContain(says);
    expect(refused.err).toContain('nothing was imported');
    expect(await bytesOf(target)).toEqual(before);
  });

  it('replaces no file unasked', async () => {
    await lpad('source', 'export', 'all.jsonl');
    expect(await lpad('source', 'export', 'all.jsonl')).toMatchObject({ status: 2 });
    expect(await lpad('source', 'export', '--force', 'all.jsonl')).toMatchObject({ status: 0 });
    expect(await lpad('source', 'import', 'missing.jsonl')).toMatchObject({
      status: 2,
      err: expect.stringContaining('there is no such file') as string,
    });
  });
});
