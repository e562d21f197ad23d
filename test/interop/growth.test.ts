/** Workflows that grow while they run end the same whoever runs their Fireworks: Python's rocket, ours, or both in turn. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { freshDatabase, mongoUri, type TestDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';
import { documents, runOneOfOurs } from './rocket-peers';

const NO_ACTION = {
  stored_data: {},
  exit: false,
  update_spec: {},
  mod_spec: [],
  additions: [],
  detours: [],
  append_wfs: [],
  defuse_children: false,
  defuse_workflow: false,
  propagate: false,
};

/** Priorities make the order the same for both rockets. */
function firework(fw_id: number, priority: number, action: object = {}, spec: object = {}): object {
  const text = JSON.stringify({ ...NO_ACTION, ...action });
  const script = `cat > FWAction.json <<'END'\n${text}\nEND`;
  const _tasks = [{ _fw_name: 'ScriptTask', script }];
  return { fw_id, name: `fw${String(fw_id)}`, spec: { ...spec, _priority: priority, _tasks } };
}

function workflow(fws: readonly object[], links: Readonly<Record<string, readonly number[]>>): object {
  return { name: 'inner', metadata: { by: 'action' }, fws, links };
}

const HANDED_ON = { update_spec: { k: 5 }, mod_spec: [{ _push: { list: 1 } }] };

const WORKFLOWS = {
  'additions, which add again': {
    fws: [
      firework(1, 9, {
        ...HANDED_ON,
        additions: [
          workflow([firework(-1, 1), firework(-2, 5, { additions: [firework(-1, 3)] })], { '-2': [-1] }),
          firework(-7, 4),
        ],
      }),
      firework(2, 8, HANDED_ON),
      firework(3, 2),
    ],
    links: { 1: [2], 2: [3] },
  },
  'detours, one below the other': {
    fws: [
      firework(1, 9, {
        ...HANDED_ON,
        propagate: true,
        detours: [
          workflow([firework(-3, 7, { ...HANDED_ON, detours: [firework(-1, 6)] }), firework(-4, 5)], {
            '-3': [-4],
          }),
          firework(-5, 8),
        ],
      }),
      firework(2, 3),
      firework(3, 2),
    ],
    links: { 1: [2], 2: [3] },
  },
  'appended workflows, with several parents': {
    fws: [
      firework(1, 9, HANDED_ON),
      firework(2, 8, {
        update_spec: { two: 2 },
        append_wfs: [
          { workflow: firework(-1, 4), parents: [1], detour: false },
          {
            workflow: workflow([firework(-2, 6), firework(-3, 5)], { '-2': [-3] }),
            parents: [],
            detour: true,
          },
        ],
      }),
      firework(3, 2),
    ],
    links: { 2: [3] },
  },
  'a detour, an addition and defused children': {
    fws: [
      firework(1, 9, { defuse_children: true, detours: [firework(-1, 4)], additions: [firework(-2, 5)] }),
      firework(2, 8),
      firework(3, 7),
    ],
    links: { 1: [2], 2: [3] },
  },
  'a Firework that allows FIZZLED parents, hung below one that failed': {
    fws: [
      { ...firework(1, 9), spec: { _priority: 9, _tasks: [{ _fw_name: 'ScriptTask', script: 'exit 1' }] } },
      firework(2, 8, {
        append_wfs: [
          {
            workflow: firework(-1, 4, {}, { _allow_fizzled_parents: true }),
            parents: [1],
            detour: false,
          },
        ],
      }),
    ],
    links: {},
  },
} as const;

type Who = 'Python' | 'ours';

describeWithPeer('workflows that grow', () => {
  const folder = temporaryFolder();
  const databases = { theirs: freshDatabase(), ours: freshDatabase(), both: freshDatabase() };
  const client = new MongoClient(mongoUri() ?? '');
  afterAll(async () => {
    await client.close();
    for (const database of Object.values(databases)) await database.drop();
  });

  jest.setTimeout(240_000);

  /** In turn, until there is nothing left to run. */
  async function run(
    name: string,
    file: object,
    database: TestDatabase,
    turns: readonly Who[],
  ): Promise<unknown> {
    const place = join(folder, `${turns.join('-')}-${name.replaceAll(/\W/g, '-')}`);
    mkdirSync(place);
    const settings = writeLaunchpadFile(place, database);
    writeFileSync(join(place, 'wf.json'), JSON.stringify({ name: 'w', metadata: {}, ...file }));
    const day = new Date().toLocaleDateString('sv');
    expect((await peerLpad(settings, 'reset', '--password', day)).stderr).toBe('');
    expect((await peerLpad(settings, 'add', 'wf.json')).stderr).toBe('');
    const ready = { state: 'READY' };
    for (let turn = 0; ; turn += 1) {
      if ((await client.db(database.name).collection('fireworks').countDocuments(ready)) === 0) break;
      const here = join(place, `launcher_${String(turn)}`);
      mkdirSync(here);
      if (turns[turn % turns.length] === 'ours') expect(await runOneOfOurs(here, database)).toBe(true);
      else await peerRlaunch(settings, here, 'singleshot');
    }
    return documents(client, database, place);
  }

  it.each(Object.entries(WORKFLOWS))('end the same whoever runs them: %s', async (name, file) => {
    const theirs = await run(name, file, databases.theirs, ['Python']);
    expect(await run(name, file, databases.ours, ['ours'])).toEqual(theirs);
    expect(await run(name, file, databases.both, ['ours', 'Python'])).toEqual(theirs);
  });
});
