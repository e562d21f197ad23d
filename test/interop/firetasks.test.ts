/** Each Firetask, run by Python's rocket and by ours: the same documents in the database, the same files in the directory. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MongoClient } from 'mongodb';
import { freshDatabase, mongoUri } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';
import { documents, runOurs } from './rocket-peers';

type Task = Readonly<Record<string, unknown>>;

interface Case {
  /** A file that Python leaves behind half written, and we do not. */
  readonly halfWritten?: string;
  readonly tasks: readonly Task[];
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Of a second Firework, which shows what the first hands on. */
  readonly child?: Readonly<Record<string, unknown>>;
}

/** Files to work on. */
const PREPARE: Task = {
  _fw_name: 'ScriptTask',
  script: [
    'mkdir -p d/e; echo a > a; echo b > d/b; echo c > d/e/c; chmod 750 a; ln -s a link; echo z | gzip > old.gz',
    'echo "{\\"x\\": 1.0, \\"y\\": [1, 2]}" > data.json; printf "k: 2\\nl: [1.0, two]\\n" > data.yaml; echo "[1, 2.5]" > list.json',
  ],
};

function py(func: string, parameters: Task = {}): Task {
  return { _fw_name: 'PyTask', func, ...parameters };
}

const LABELS = {
  n: { binding: { prefix: '-n', separator: '=' }, source: { type: 'data', value: 3 } },
  f: { source: { type: 'path', value: 'a' } },
  bykey: { source: 'a_source' },
  all: 'sources',
  in: { source: { type: 'path', value: 'a' }, target: { type: 'stdin' } },
  text: { source: { type: 'data', value: 'hello' }, target: { type: 'stdin' } },
  out: { source: { type: 'stdout' }, target: { type: 'path', value: 'out.txt' } },
  data: { target: { type: 'data' } },
  copied: { source: { type: 'path', value: 'a' }, target: { type: 'path', value: 'copied' } },
};

function command(words: readonly string[], parameters: Task): Task {
  return { _fw_name: 'CommandLineTask', command_spec: { command: words, ...LABELS }, ...parameters };
}

const CASES: Readonly<Record<string, Case>> = {
  'FileWriteTask and FileDeleteTask': {
    tasks: [
      {
        _fw_name: 'FileWriteTask',
        files_to_write: [
          { filename: 'x', contents: 'é\n' },
          { filename: 'y', contents: '' },
        ],
      },
      { _fw_name: 'FileDeleteTask', files_to_delete: ['y', 'missing'] },
    ],
  },
  'FileWriteTask into a directory that is not there': {
    tasks: [{ _fw_name: 'FileWriteTask', files_to_write: [{ filename: 'x', contents: 'x' }], dest: 'none' }],
  },
  'FileDeleteTask that must find its file': {
    tasks: [{ _fw_name: 'FileDeleteTask', files_to_delete: ['m'], dest: 'none', ignore_errors: false }],
  },
  ...Object.fromEntries(
    ['move', 'mv', 'copy', 'cp', 'copy2', 'copyfile'].map((mode) => [
      `FileTransferTask, ${mode}`,
      {
        tasks: [
          PREPARE,
          { _fw_name: 'FileTransferTask', mode, files: [{ src: 'a', dest: 'new' }] },
          ...(mode === 'copyfile'
            ? []
            : [{ _fw_name: 'FileTransferTask', mode, files: ['new', 'old.gz'], dest: 'd' }]),
        ],
      },
    ]),
  ),
  'FileTransferTask, copytree and a moved directory': {
    tasks: [
      PREPARE,
      { _fw_name: 'FileTransferTask', mode: 'copytree', files: [{ src: 'd', dest: 'd2' }] },
      { _fw_name: 'FileTransferTask', mode: 'move', files: ['d/e'], dest: 'd2/f' },
      {
        _fw_name: 'FileTransferTask',
        mode: 'copy',
        files: ['$NOTHING_SET', 'a'],
        dest: 'n',
        ignore_errors: true,
      },
    ],
  },
  ...Object.fromEntries(
    [
      { mode: 'copy', files: ['none'], dest: 'here' },
      { mode: 'copyfile', files: ['a'], dest: 'd' },
      { mode: 'copytree', files: ['d'], dest: 'd/e' },
      { mode: 'mv', files: ['a', 'a'], dest: 'd' },
      { mode: 'teleport', files: [{ src: 'a', dest: 'b' }], dest: 'b' },
    ].map((parameters) => [
      `FileTransferTask that fails: ${JSON.stringify(parameters)}`,
      { tasks: [PREPARE, { _fw_name: 'FileTransferTask', ...parameters }] },
    ]),
  ),
  CompressDirTask: { tasks: [PREPARE, { _fw_name: 'CompressDirTask' }] },
  'CompressDirTask, bz2, of a folder': {
    tasks: [PREPARE, { _fw_name: 'CompressDirTask', dest: 'd', compression: 'bz2' }],
  },
  'CompressDirTask that fails': { tasks: [{ _fw_name: 'CompressDirTask', dest: 'd', compression: 'zip' }] },
  DecompressDirTask: {
    tasks: [
      PREPARE,
      { _fw_name: 'CompressDirTask', dest: 'd', compression: 'bz2' },
      { _fw_name: 'DecompressDirTask' },
    ],
  },
  'DecompressDirTask that fails': {
    halfWritten: 'd/x',
    tasks: [
      { _fw_name: 'ScriptTask', script: 'mkdir d; echo no > d/x.gz' },
      { _fw_name: 'DecompressDirTask', dest: 'd' },
    ],
  },
  'JoinDictTask and JoinListTask': {
    spec: { a: 1, b: 2.5, whole: 3.5, d: { x: 0 }, l: [0] },
    tasks: [
      { _fw_name: 'JoinDictTask', inputs: ['a', 'b'], output: 'new' },
      { _fw_name: 'JoinDictTask', inputs: ['a', 'whole'], output: 'd', rename: { a: 'A' } },
      { _fw_name: 'JoinListTask', inputs: ['a', 'd'], output: 'l' },
      { _fw_name: 'JoinListTask', inputs: ['b', 'l'], output: 'list' },
    ],
    child: {},
  },
  'JoinDictTask onto a list': {
    spec: { a: 1, l: [0] },
    tasks: [{ _fw_name: 'JoinDictTask', inputs: ['a'], output: 'l' }],
  },
  'JoinListTask of a key that is not there': {
    tasks: [{ _fw_name: 'JoinListTask', inputs: ['a'], output: 'l' }],
  },
  ImportDataTask: {
    spec: { deep: { here: { old: 1 } } },
    tasks: [
      PREPARE,
      { _fw_name: 'ImportDataTask', filename: 'data.json', mapstring: 'deep/here' },
      { _fw_name: 'ImportDataTask', filename: 'data.yaml', mapstring: 'top' },
      { _fw_name: 'ImportDataTask', filename: 'list.json', mapstring: 'deep/list' },
    ],
    child: {},
  },
  'ImportDataTask below what is not there': {
    tasks: [PREPARE, { _fw_name: 'ImportDataTask', filename: 'data.json', mapstring: 'no/such' }],
  },
  'ImportDataTask without its file': {
    tasks: [{ _fw_name: 'ImportDataTask', filename: 'none.json', mapstring: 'x' }],
  },
  'ImportDataTask of a file of another kind': {
    tasks: [PREPARE, { _fw_name: 'ImportDataTask', filename: 'a', mapstring: 'x' }],
  },
  'CommandLineTask with arguments': {
    spec: {
      a_source: { type: 'data', value: 2.5 },
      sources: [
        { type: 'path', value: 'p' },
        { source: { type: 'data', value: true }, binding: { prefix: '+' } },
      ],
    },
    tasks: [
      PREPARE,
      command(['echo'], { inputs: ['n', 'f', 'bykey', 'all'], outputs: ['out'] }),
      command(['echo', 'it'], { inputs: ['n'], outputs: ['data'] }),
      command(['sh', '-c', 'true'], { outputs: ['copied'] }),
      command(['true'], {}),
    ],
    child: {},
  },
  'CommandLineTask that reads': {
    tasks: [
      PREPARE,
      command(['cat'], { inputs: ['in'], outputs: ['data'] }),
      command(['cat'], { inputs: ['text'], outputs: ['out'] }),
    ],
    child: {},
  },
  'CommandLineTask in a chunk': {
    tasks: [command(['echo', 'x'], { outputs: ['data'], chunk_number: 1 })],
    child: {},
  },
  'CommandLineTask without its program': { tasks: [command(['no-such-program'], {})] },
  'CommandLineTask of a label that is not there': { tasks: [command(['true'], { inputs: ['none'] })] },
  'PyTask, what it returns and stores': {
    spec: { x: [3, 1.0, 2], word: 'é' },
    tasks: [
      py('sorted', { inputs: ['x'], kwargs: { reverse: true }, outputs: ['sorted'] }),
      py('math.pow', { args: [2, 3], stored_data_varname: 'power' }),
      py('divmod', { args: [7, 2], outputs: ['quotient', 'rest'] }),
      py('str.upper', { inputs: ['word'], outputs: ['upper'] }),
      py('builtins.dict', {
        auto_kwargs: true,
        a: 1,
        b: [2.0],
        outputs: ['made'],
        stored_data_varname: 'made',
      }),
      py('list', { args: ['ab'], outputs: ['chunks'], chunk_number: 0 }),
      py('len', { args: ['ab'], outputs: ['chunks'], chunk_number: 0 }),
      py('os.getcwd', { outputs: [] }),
      py('set', { args: [[1]], stored_data_varname: 'set' }),
      py('print', { args: ['shown'] }),
      py('datetime.datetime', { args: [2020, 1, 2], stored_data_varname: 'date' }),
    ],
    child: {},
  },
  ...Object.fromEntries(
    [
      py('no_such.module'),
      py('os.no_such'),
      py('int', { args: ['x'] }),
      py('len', { inputs: ['none'] }),
      py('divmod', { args: [7, 2], outputs: ['a', 'b', 'c'] }),
      py('sys.exit', { args: [3] }),
    ].map((task) => [`PyTask that fails: ${JSON.stringify(task)}`, { tasks: [task] }]),
  ),
  'PyTask that gives an FWAction': {
    tasks: [
      py('fireworks.core.firework.FWAction', {
        kwargs: { stored_data: { a: 1 }, update_spec: { b: 2.0 }, mod_spec: [{ _push: { c: 3 } }] },
      }),
    ],
    child: {},
  },
  'PyTask with an object of the spec': {
    spec: { when: '2020-01-02T03:04:05.000006' },
    tasks: [py('str', { inputs: ['when'], outputs: ['text'] })],
    child: {},
  },
  ...Object.fromEntries(
    [
      { split: 'empty', task: py('list', { inputs: ['empty'] }) },
      { split: 'none', task: py('list', { inputs: ['none'] }) },
      { split: 'one', task: py('list', { inputs: ['one'] }) },
      { split: 'empty', task: py('list', { inputs: ['other'] }) },
      { split: 'empty', task: py('list') },
    ].map((parameters) => [
      `ForeachTask that fails: ${JSON.stringify(parameters)}`,
      { spec: { empty: [], one: 1 }, tasks: [{ _fw_name: 'ForeachTask', ...parameters }] },
    ]),
  ),
  TemplateWriterTask: {
    tasks: [
      { _fw_name: 'ScriptTask', script: "printf 'a {{ x }}{%% for i in l %%} {{ i }}{%% endfor %%}\\n' > t" },
      {
        _fw_name: 'TemplateWriterTask',
        template_file: 't',
        template_dir: '.',
        context: { x: 1.0, l: [1, 'b'] },
        output_file: 'out',
      },
      {
        _fw_name: 'TemplateWriterTask',
        template_file: 'simple_template.txt',
        context: { opt1: 5, opt2: 'fast' },
        output_file: 'simple',
      },
    ],
  },
  'TemplateWriterTask without its template': {
    tasks: [
      {
        _fw_name: 'TemplateWriterTask',
        template_file: 'no',
        template_dir: 'd',
        context: {},
        output_file: 'o',
      },
    ],
  },
};

describeWithPeer("Firetasks, run by Python's rocket and by ours", () => {
  const ours = freshDatabase();
  const theirs = freshDatabase();
  const client = new MongoClient(mongoUri() ?? '');
  const folder = temporaryFolder();
  afterAll(async () => {
    await client.close();
    await ours.drop();
    await theirs.drop();
  });
  const names = Object.keys(CASES);

  /** All of them in one database each: Python takes a second to start. */
  beforeAll(async () => {
    for (const [side, database] of [
      ['ours', ours],
      ['theirs', theirs],
    ] as const) {
      const here = join(folder, side);
      mkdirSync(here);
      const file = writeLaunchpadFile(here, database);
      for (const [index, name] of names.entries()) {
        writeFileSync(join(here, `wf-${String(index)}.json`), JSON.stringify(workflowOf(name, here)));
      }
      const day = new Date().toLocaleDateString('sv');
      expect((await peerLpad(file, 'reset', '--password', day)).stderr).toBe('');
      const files = names.map((_, index) => `wf-${String(index)}.json`);
      expect((await peerLpad(file, 'add', ...files)).stderr).toBe('');
    }
    await peerRlaunch(join(folder, 'theirs', 'my_launchpad.yaml'), join(folder, 'theirs'), 'rapidfire');
    await runOurs(join(folder, 'ours'), ours);
  }, 240_000);

  it.each(names)('leaves the same documents and files: %s', async (name) => {
    const query = { name: `case: ${name}` };
    const [mine, python] = [join(folder, 'ours'), join(folder, 'theirs')];
    expect(await documents(client, ours, mine, query)).toEqual(
      await documents(client, theirs, python, query),
    );
    const runIn = `run-${String(names.indexOf(name))}`;
    const { [CASES[name]?.halfWritten ?? '']: _, ...expected } = filesIn(join(python, runIn));
    expect(filesIn(join(mine, runIn))).toEqual(expected);
  });
});

function workflowOf(name: string, folder: string): object {
  const { tasks, spec = {}, child } = CASES[name] ?? { tasks: [] };
  const launchDir = join(folder, `run-${String(Object.keys(CASES).indexOf(name))}`);
  // Python runs the newest of equal priority first: so both take them in this order.
  const _priority = 1000 - Object.keys(CASES).indexOf(name);
  const first = {
    fw_id: 1,
    name: `case: ${name}`,
    spec: { _priority, _launch_dir: launchDir, ...spec, _tasks: tasks },
  };
  if (!child) return { name: first.name, metadata: {}, fws: [first], links: {} };
  const second = {
    fw_id: 2,
    name: `case: ${name}`,
    spec: { ...child, _priority, _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] },
  };
  return { name: first.name, metadata: {}, fws: [first, second], links: { 1: [2] } };
}

/** Contents (of compressed files what is in them) and modes; what names the time or the place is left out. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path);
    if (name.startsWith('.lpad/')) continue;
    if (name.startsWith('FW.json') || name.startsWith('FW_')) continue;
    if (entry.isSymbolicLink()) found[name] = 'link';
    else {
      const bytes = readFileSync(path);
      const text = name.endsWith('.gz') && bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
      found[name] = `${(statSync(path).mode & 0o777).toString(8)} ${text.toString('latin1')}`;
    }
  }
  return found;
}
