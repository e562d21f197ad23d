/** Workflows that Python's lpad added, completed by our rocket, end as if Python's rocket had completed them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freshDatabase, mongoUri } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';
import { documents, runOurs } from './rocket-peers';

const ACTION = {
  stored_data: { energy: 'E' },
  exit: false,
  update_spec: { n: 5, whole: 'W', deep: { a: [1, 2] } },
  mod_spec: [
    { _push: { 'runs->list': 3 } },
    { _inc: { count: 2, 'runs->half': 'H' } },
    { _set: { 'x->y': 'z' }, _unset: { gone: 1 } },
    { _rename: { old: 'new' }, _pull: { pulled: 2 }, _push_all: { all: [1, 2] }, _pop: { popped: 1 } },
  ],
  additions: [],
  detours: [],
  append_wfs: [],
  defuse_children: false,
  defuse_workflow: false,
  propagate: true,
};

/** Python writes 1.0 and 2.0, which JSON.stringify cannot. */
function pythonNumbers(text: string): string {
  return text.replaceAll('"E"', '-7.0').replaceAll('"W"', '2.0').replaceAll('"H"', '0.5');
}

function script(fw_id: number, commands: readonly (string | object)[], spec: object = {}): object {
  const tasks = commands.map((one) => ({
    _fw_name: 'ScriptTask',
    ...(typeof one === 'string' ? { script: one } : one),
  }));
  return { fw_id, name: `fw${String(fw_id)}`, spec: { ...spec, _tasks: tasks } };
}

const CHILD = {
  runs: { half: 1, list: [1] },
  count: 1,
  gone: 0,
  old: 'o',
  pulled: [1, 2, 2],
  all: [0],
  popped: [1, 2],
};

const WORKFLOWS = {
  'a chain with stored output, trackers and several Firetasks': {
    fws: [
      script(
        1,
        [
          { script: ['echo a', 'true'] },
          { script: 'echo é; echo e >&2', store_stdout: true, store_stderr: true },
        ],
        {
          _trackers: [
            { filename: 'FW.json', nlines: 1 },
            { filename: 'none', nlines: 3, allow_zipped: true },
          ],
          _priority: 3,
        },
      ),
      script(2, ['true']),
      script(3, ['true']),
    ],
    links: { 1: [2], 2: [3] },
  },
  'a failure in the middle': {
    fws: [script(1, ['true', { script: 'exit 4', store_stdout: true }, 'true']), script(2, ['true'])],
    links: { 1: [2] },
  },
  'an action that changes all specs below': {
    fws: [
      script(1, [`printf '%s' '${pythonNumbers(JSON.stringify(ACTION))}' > FWAction.json`], CHILD),
      script(2, ['true'], CHILD),
      script(3, ['true'], CHILD),
    ],
    links: { 1: [2], 2: [3] },
  },
  'a child that allows FIZZLED parents, and its own child': {
    fws: [
      script(1, ['exit 1'], { _priority: 2 }),
      script(2, ['true']),
      script(3, ['true'], { _allow_fizzled_parents: true }),
      script(4, ['true']),
    ],
    links: { 1: [3], 2: [3], 3: [4] },
  },
  'files, job information and the worker, handed on': {
    fws: [
      script(1, ['touch b.out a.out'], {
        _files_out: { f: '*.out', none: '*.no' },
        _pass_job_info: true,
        _preserve_fworker: true,
      }),
      script(2, ['test -f in'], { _files_in: { f: 'in' }, _pass_job_info: true }),
      script(3, ['true']),
    ],
    links: { 1: [2], 2: [3] },
  },
  'children defused by a bad return code': {
    fws: [script(1, [{ script: 'exit 2', defuse_bad_rc: true }]), script(2, ['true']), script(3, ['true'])],
    links: { 1: [2], 2: [3] },
  },
  'a bad return code that does not matter': {
    fws: [script(1, [{ script: 'exit 2', fizzle_bad_rc: false }]), script(2, ['true'])],
    links: { 1: [2] },
  },
  duplicates: {
    fws: [1, 2]
      .map((id) => script(id, ['true'], { _dupefinder: { _fw_name: 'DupeFinderExact' }, x: 1 }))
      .concat(script(3, ['true'])),
    links: { 1: [2], 2: [3] },
  },
} as const;

describeWithPeer("our rocket on workflows of Python's lpad", () => {
  const folder = temporaryFolder();
  const ours = freshDatabase();
  const theirs = freshDatabase();
  const client = new MongoClient(mongoUri() ?? '');
  afterAll(async () => {
    await client.close();
    await ours.drop();
    await theirs.drop();
  });

  it.each(Object.entries(WORKFLOWS))('leaves the same documents: %s', async (name, workflow) => {
    const place = (side: string): string => {
      const path = join(folder, `${side}-${name.replaceAll(/\W/g, '-')}`);
      mkdirSync(path);
      return path;
    };
    const [here, there] = [place('ours'), place('theirs')];
    for (const [side, database] of [
      [here, ours],
      [there, theirs],
    ] as const) {
      const file = writeLaunchpadFile(side, database);
      writeFileSync(join(side, 'wf.json'), JSON.stringify({ name: 'w', metadata: {}, ...workflow }));
      const day = new Date().toLocaleDateString('sv');
      expect((await peerLpad(file, 'reset', '--password', day)).stderr).toBe('');
      expect((await peerLpad(file, 'add', 'wf.json')).stderr).toBe('');
    }
    await peerRlaunch(join(there, 'my_launchpad.yaml'), there, 'rapidfire');
    await runOurs(here, ours);
    expect(await documents(client, ours, here)).toEqual(await documents(client, theirs, there));
  });
});
