/** What specs, workers and settings ask of a rocket: done by Python's rlaunch and by ours, with the same files of settings. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freshDatabase, mongoUri, type TestDatabase } from '../support/mongod';
import { peerPython } from '../support/install-peer';
import { describeWithPeer, peerRlaunch, runPeer, writeLaunchpadFile } from '../support/peer';
import { runProgram } from '../support/run-program';
import { temporaryFolder } from '../support/temporary-folder';
import { buildRlaunch } from '../integration/rocket/build-program';
import { documents } from './rocket-peers';

type Spec = Readonly<Record<string, unknown>>;

interface Case {
  /** Each a workflow of its own, or the links between them. */
  readonly fws: readonly object[];
  readonly links?: Readonly<Record<number, readonly number[]>>;
  readonly worker?: object;
  readonly config?: object;
  /** Files of the launch directories to compare, by pattern. */
  readonly files?: RegExp;
}

function fw(fw_id: number, spec: Spec, script: string | readonly object[] = 'true'): object {
  const _tasks = typeof script === 'string' ? [{ _fw_name: 'ScriptTask', script }] : script;
  return { fw_id, name: `fw${String(fw_id)}`, spec: { ...spec, _tasks } };
}

const script = (text: string): object => ({ _fw_name: 'ScriptTask', script: text });

const PRIORITIES = [5, 'high', 1.5, undefined, null, -1, 5.5, true, 'low', [9]];

const CATEGORIES = [undefined, 'a', 'b', 'c', '__none__', null].flatMap((_category, index) => [
  fw(2 * index + 1, { _priority: -index, ...(_category === undefined ? {} : { _category }) }),
  fw(2 * index + 2, {
    _priority: -index - 0.5,
    ...(_category === undefined ? {} : { _category }),
    _fworker: index % 2 === 0 ? 'here' : 'there',
  }),
]);

const CASES: Readonly<Record<string, Case>> = {
  'the order of priorities, the oldest first': {
    config: { SORT_FWS: 'FIFO' },
    fws: [
      ...PRIORITIES.map((_priority, index) => fw(index + 1, _priority === undefined ? {} : { _priority })),
      fw(20, { _priority: 5 }),
    ],
  },
  'the order of priorities, the newest first': {
    config: { SORT_FWS: 'FILO' },
    fws: PRIORITIES.map((_priority, index) => fw(index + 1, _priority === undefined ? {} : { _priority })),
  },
  'a worker of one category': { worker: { name: 'here', category: 'a', query: '{}' }, fws: CATEGORIES },
  'a worker of several categories': {
    worker: { name: 'here', category: ['b', 'c', '__none__'], query: '{}' },
    fws: CATEGORIES,
  },
  'a worker of what has no category': {
    worker: { name: 'there', category: '__none__', query: '{}' },
    fws: CATEGORIES,
  },
  'a worker with a query': {
    worker: {
      name: 'here',
      category: '',
      query: '{"$or": [{"spec._category": "a"}, {"name": "fw1"}], "spec._priority": {"$lte": 0}}',
    },
    fws: CATEGORIES,
  },
  'a worker that is kept, and its environment': {
    worker: { name: 'here', category: '', query: '{}', env: { command: 'sim', n: 2.0 } },
    fws: [
      fw(1, { _preserve_fworker: true }, [
        { _fw_name: 'PyTask', func: 'str', inputs: ['_fw_env'], outputs: ['text'] },
      ]),
      fw(2, {}),
      fw(3, {}),
    ],
    links: { 1: [2], 2: [3] },
  },
  'background tasks': {
    fws: [
      fw(
        1,
        {
          _background_tasks: [
            {
              _fw_name: 'BackgroundTask',
              tasks: [script('echo often >> often')],
              num_launches: 3,
              sleep_time: 0,
              run_on_finish: false,
            },
            {
              _fw_name: 'BackgroundTask',
              tasks: [script('echo end >> end')],
              num_launches: 1,
              sleep_time: 100,
              run_on_finish: true,
            },
            {
              _fw_name: 'BackgroundTask',
              tasks: [script('exit 3')],
              num_launches: 0,
              sleep_time: 1,
              run_on_finish: false,
            },
          ],
        },
        'sleep 1',
      ),
    ],
    files: /often|end/,
  },
  'trackers of plain and compressed files': {
    fws: [
      fw(
        1,
        {
          _trackers: [
            { filename: 'log', nlines: 2 },
            { filename: 'z', nlines: 2, allow_zipped: true },
            { filename: 'b', nlines: 1, allow_zipped: true },
            { filename: 'named.gz', nlines: 3 },
            { filename: 'none', nlines: 3 },
          ],
        },
        'seq 9 > log; seq 9 | gzip > z.gz; seq 9 | bzip2 > b.bz2; seq 2 | gzip > named.gz',
      ),
    ],
  },
  'files handed on, compressed and not': {
    fws: [
      fw(
        1,
        { _files_out: { plain: 'p*', gz: '*.gz', bz2: '*.bz2', xz: '*.xz', none: '*.no' } },
        'echo 1 > p1; echo 2 > p2; echo g | gzip > a.gz; echo b | bzip2 > a.bz2; echo x | xz > a.xz',
      ),
      fw(
        2,
        { _files_in: { plain: 'in.gz', gz: 'in.g', bz2: 'in.b', xz: 'in.x', other: 'in.o' } },
        'gunzip in.gz; cat in in.g in.b in.x > all',
      ),
    ],
    links: { 1: [2] },
    files: /^all$/,
  },
  'job information through three generations': {
    fws: [fw(1, { _pass_job_info: true }), fw(2, { _pass_job_info: true }), fw(3, {})],
    links: { 1: [2], 2: [3] },
  },
  'the Firework as FW.yaml': {
    config: { PRINT_FW_YAML: true, PRINT_FW_JSON: false },
    fws: [fw(1, { text: 'é: [1]', number: 1.0, list: [[], {}], when: '2020-01-01', yes: true, none: null })],
    files: /^FW[.]/,
  },
  'duplicates of what is done, fizzled and different': {
    config: { SORT_FWS: 'FIFO' },
    fws: [
      fw(1, { x: 1, _dupefinder: { _fw_name: 'DupeFinderExact' } }, [
        { _fw_name: 'PyTask', func: 'int', args: [3], outputs: ['three'] },
      ]),
      fw(2, { x: 1, _dupefinder: { _fw_name: 'DupeFinderExact' } }, [
        { _fw_name: 'PyTask', func: 'int', args: [3], outputs: ['three'] },
      ]),
      fw(3, { x: 2, _dupefinder: { _fw_name: 'DupeFinderExact' } }, 'exit 1'),
      fw(4, { x: 2, _dupefinder: { _fw_name: 'DupeFinderExact' } }, 'exit 1'),
      fw(5, { x: 3, _dupefinder: { _fw_name: 'DupeFinderExact' } }),
      fw(6, {}),
    ],
    links: { 2: [6] },
  },
  'a Firetask of Python by name, with its worker and the database': {
    worker: { name: 'here', category: ['a'], query: '{"fw_id": {"$gt": 0}}', env: { e: 1 } },
    fws: [
      fw(
        1,
        { _category: 'a', _add_launchpad_and_fw_id: true, _add_fworker: true, when: '2020-01-02T03:04:05' },
        [{ _fw_name: '{{interop_task.LookTask}}', key: 'when' }],
      ),
      fw(2, { _category: 'a' }, [{ _fw_name: '{{interop_task.LookTask}}', key: 'none' }]),
    ],
    links: { 1: [2] },
  },
  'a Firework for each part of a list': {
    config: { SORT_FWS: 'FIFO' },
    fws: [
      fw(1, { items: [1, 2.5, 3.0, 'x', [5], null], other: { n: 1.0 }, _priority: 9 }, [
        {
          _fw_name: 'ForeachTask',
          split: 'items',
          'number of chunks': 4,
          task: { _fw_name: 'PyTask', func: 'list', inputs: ['items'], outputs: ['done'] },
        },
      ]),
      fw(2, {}),
      fw(
        3,
        {
          texts: [
            { type: 'data', value: 'a' },
            { type: 'data', value: 2.0 },
          ],
        },
        [
          {
            _fw_name: 'ForeachTask',
            split: 'texts',
            task: {
              _fw_name: 'CommandLineTask',
              command_spec: { command: ['echo'], texts: 'texts', said: { target: { type: 'data' } } },
              inputs: ['texts'],
              outputs: ['said'],
            },
          },
        ],
      ),
      fw(4, {}),
    ],
    links: { 1: [2], 3: [4] },
  },
  'files in FilePad': {
    fws: [
      fw(1, {}, [
        script('echo 1 > one; echo 2 > two'),
        {
          _fw_name: 'AddFilesTask',
          paths: ['one', 'two'],
          identifiers: ['i1', 'i2'],
          filepad_file: '../filepad.json',
        },
        {
          _fw_name: 'GetFilesTask',
          identifiers: ['i2'],
          new_file_names: ['back'],
          filepad_file: '../filepad.json',
        },
        { _fw_name: 'DeleteFilesTask', identifiers: ['i1'], filepad_file: '../filepad.json' },
      ]),
    ],
    files: /^back$/,
  },
};

/** One process instead of lpad's two. */
const ADD = `
import sys
from fireworks import LaunchPad, Workflow
lp = LaunchPad.from_file(sys.argv[1])
lp.reset('', require_password=False)
lp.add_wf(Workflow.from_file('wf.json'))
`;

const LOOK_TASK = `
from fireworks import FiretaskBase, FWAction

class LookTask(FiretaskBase):
    _fw_name = "{{interop_task.LookTask}}"
    required_params = ["key"]

    def run_task(self, fw_spec):
        seen = {"key": repr(fw_spec[self["key"]]), "env": fw_spec["_fw_env"]}
        seen["worker"] = [self.fworker.name, self.fworker.category, self.fworker.query]
        seen["count"] = self.launchpad.fireworks.count_documents({"fw_id": self.fw_id})
        return FWAction(stored_data=seen, update_spec={"seen": self.fw_id})
`;

describeWithPeer("features of the rocket, by Python's rlaunch and by ours", () => {
  const client = new MongoClient(mongoUri() ?? '');
  const folder = temporaryFolder();
  const built = temporaryFolder();
  let rlaunch = '';
  beforeAll(async () => {
    rlaunch = await buildRlaunch();
    writeFileSync(join(folder, 'interop_task.py'), LOOK_TASK);
  });
  afterAll(() => client.close());

  it.each(Object.entries(CASES))('end with the same documents and files: %s', async (name, one) => {
    const place = join(folder, String(Object.keys(CASES).indexOf(name)));
    mkdirSync(place);
    const [ours, theirs] = [freshDatabase(), freshDatabase()];
    const files: unknown[] = [];
    const found: unknown[] = [];
    for (const [side, database] of [
      ['ours', ours],
      ['theirs', theirs],
    ] as const) {
      const here = join(place, side);
      await prepare(here, database, one);
      if (side === 'ours') await runOurs(here);
      else await runTheirs(here);
      found.push(await documents(client, database, here));
      files.push(filesOf(here, one.files));
      await database.drop();
    }
    expect(found[0]).toEqual(found[1]);
    expect(files[0]).toEqual(files[1]);
  });

  async function prepare(here: string, database: TestDatabase, one: Case): Promise<void> {
    mkdirSync(here);
    const file = writeLaunchpadFile(here, database);
    // Keys that FireWorks does not know are ours.
    const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
    const own = { python: peerPython(), python_firetasks: ['{{interop_task.LookTask}}'] };
    writeFileSync(join(here, 'filepad.json'), JSON.stringify({ ...settings, host: database.uri }));
    writeFileSync(file, JSON.stringify({ ...settings, ...own }));
    if (one.worker) writeFileSync(join(here, 'my_fworker.yaml'), JSON.stringify(one.worker));
    if (one.config) writeFileSync(join(here, 'FW_config.yaml'), JSON.stringify(one.config));
    const workflow = { name: 'w', metadata: {}, fws: one.fws, links: one.links ?? {} };
    writeFileSync(join(here, 'wf.json'), JSON.stringify(workflow));
    process.env['PYTHONPATH'] = folder;
    expect(await runPeer(ADD, [file], { cwd: here })).toMatchObject({ code: 0, stderr: '' });
  }

  async function runTheirs(here: string): Promise<void> {
    const file = join(here, 'my_launchpad.yaml');
    expect(await peerRlaunch(file, here, ...workerOf(here), 'rapidfire')).toMatchObject({ code: 0 });
  }

  async function runOurs(here: string): Promise<void> {
    const env = { PATH: process.env['PATH'], HOME: built, PYTHONPATH: folder };
    const words = [rlaunch, '-l', 'my_launchpad.yaml', ...workerOf(here), 'rapidfire'];
    expect(await runProgram(process.execPath, words, { cwd: here, env })).toMatchObject({ code: 0 });
  }
});

function workerOf(here: string): readonly string[] {
  const file = join(here, 'my_fworker.yaml');
  return existsSync(file) ? ['-w', file] : [];
}

function filesOf(here: string, wanted: RegExp | undefined): unknown {
  if (!wanted) return [];
  return readdirSync(here)
    .filter((name) => name.startsWith('launcher_'))
    .sort()
    .map((name) => {
      const inside = readdirSync(join(here, name)).filter((file) => wanted.test(file));
      return inside
        .sort()
        .map((file) => [file, withoutMoments(readFileSync(join(here, name, file), 'utf8'))]);
    });
}

function withoutMoments(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+(\+00:00)?/g, '<date>')
    .replace(/\s+\S*launcher_[-\d]+/g, ' <launcher>');
}
