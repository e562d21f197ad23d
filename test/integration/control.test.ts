/** The commands that change states and specs, on both stores: whole documents, taken back, planned, and asked about. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { createAction } from '../../src/domain/actions/fw-action';
import type { Firework, Launch, Workflow } from '../../src/domain/model';
import { completeLaunch } from '../../src/launchpad/launches/complete-launch';
import { controlFireworks } from '../../src/launchpad/control/control-fireworks';
import { controlWorkflows } from '../../src/launchpad/control/control-workflows';
import { findWorkflowTargets } from '../../src/launchpad/change/find-workflow-targets';
import { refreshWorkflows } from '../../src/launchpad/refresh/refresh-workflows';
import { createRunContext } from '../../src/launchpad/run-context';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { fakeIo } from '../support/fake-io';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { populate } from '../support/population';
import { launch, workflow } from '../support/workflow-builder';

interface Opened {
  readonly config: object;
  readonly store: LaunchPadStore;
}

interface Result {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

interface Snapshot {
  readonly fireworks: readonly Firework[];
  readonly workflows: readonly Workflow[];
  readonly launches: readonly Launch[];
  readonly locks: readonly unknown[];
}

/** Everything that a person may change, and how many Fireworks of the population that is. */
const COMMANDS: readonly (readonly [string, number, readonly string[]])[] = [
  ['pause_fws', 9, ['-q', '{}']],
  ['resume_fws', 3, ['-s', 'PAUSED']],
  ['defuse_fws', 12, ['-s', 'FIZZLED', 'PAUSED', 'WAITING', 'READY']],
  ['reignite_fws', 3, ['-q', '{}']],
  [
    'update_fws',
    15,
    ['-q', '{}', '-u', '{"temperature": 1.0, "new.deep": [1, {"a": null}], "_tasks.0": {"x": 1}}'],
  ],
  [
    'update_fws',
    7,
    [
      '-q',
      '{"spec.hot": true}',
      '--mongo',
      '-u',
      '{"$unset": {"spec.hot": ""}, "$inc": {"spec.temperature": 0.5}, "$set": {"name": "new"}}',
    ],
  ],
  ['set_priority', 24, ['-7', '-q', '{}']],
  ['set_priority', 9, ['3', '-wf', '-i', '1', '5', '7']],
  ['pause_wflows', 9, ['-q', '{}']],
  ['pause_wfs', 3, ['-i', '5']],
  ['resume_wflows', 3, ['-q', '{}']],
  ['resume_wfs', 1, ['-i', '1']],
  [
    'defuse_wflows',
    9,
    ['-n', 'w0', '-n', 'w1', '-n', 'w2', '-n', 'w3', '-n', 'w4', '-n', 'w5', '-n', 'w6', '-n', 'w7'],
  ],
  ['defuse_wflows', 19, ['-q', '{}', '--defuse_all_states']],
  ['reignite_wflows', 3, ['-q', '{}']],
  ['reignite_wfs', 1, ['-i', '3']],
  ['archive_wflows', 24, ['-q', '{}']],
  ['archive_wfs', 3, ['-i', '2']],
];

function changes(open: () => Opened): void {
  let folder = '';
  let store: LaunchPadStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lpad-control-'));
    const opened = open();
    ({ store } = opened);
    writeFileSync(join(folder, 'my_launchpad.json'), JSON.stringify(opened.config));
    await store.open();
    await store.reset();
    await populate(store);
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function lpad(...argv: readonly string[]): Promise<Result> {
    const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
    const status = await main(['-l', join(folder, 'my_launchpad.json'), ...argv], io);
    return { status, out: out(), err: err() };
  }

  async function snapshot(): Promise<Snapshot> {
    const all = { fireworks: [] as Firework[], workflows: [] as Workflow[], launches: [] as Launch[] };
    for await (const firework of store.findFireworks({}, 'all')) all.fireworks.push(firework);
    for await (const workflow of store.findWorkflows({})) all.workflows.push(workflow);
    const ids = all.fireworks.map(({ fwId }) => fwId);
    for await (const launch of store.findLaunches(ids, 'all')) all.launches.push(launch);
    return { ...all, locks: await store.findLockHolders() };
  }

  function changedIds(before: Snapshot, after: Snapshot): readonly number[] {
    return after.fireworks
      .filter((one, index) => JSON.stringify(one) !== JSON.stringify(before.fireworks[index]))
      .map(({ fwId }) => fwId);
  }

  it.each(COMMANDS)(
    '%s changes %d Fireworks; undo takes that back, and undoing the undo makes it again',
    async (name, count, words) => {
      const before = await snapshot();
      const done = await lpad(name, ...words, '--yes', '-o', 'json');
      const report = JSON.parse(done.out) as { journal_id: string; counts: { fireworks: number } };
      const after = await snapshot();
      expect([changedIds(before, after).length, report.counts.fireworks, after.locks]).toEqual([
        count,
        count,
        [],
      ]);
      expect(after.launches).toStrictEqual(before.launches);
      const undo = await lpad('undo', '--yes');
      expect([undo.status, undo.out]).toEqual([0, expect.not.stringContaining('moved on')]);
      expect(await snapshot()).toStrictEqual(before);
      const [last] = JSON.parse((await lpad('journal', '-o', 'json')).out) as readonly {
        journal_id: string;
      }[];
      expect(await lpad('undo', last?.journal_id ?? '', '--yes')).toMatchObject({ status: 0 });
      expect(await snapshot()).toStrictEqual(after);
    },
  );

  it.each(COMMANDS.filter(([name]) => !name.endsWith('_wfs')))(
    '%s of %d Fireworks can be looked at, and planned for later',
    async (name, _, words) => {
      const before = await snapshot();
      const preview = await lpad(name, ...words, '--dry-run', '-o', 'json');
      const planned = await lpad(name, ...words, '--plan', 'plan.json');
      expect([preview.status, await snapshot()]).toStrictEqual([planned.status, before]);
      expect(await lpad('apply', 'plan.json', '--yes')).toMatchObject({ status: 0 });
      const applied = await snapshot();
      await lpad('undo', '--yes');
      expect(await snapshot()).toStrictEqual(before);
      const done = await lpad(name, ...words, '--yes', '-o', 'json');
      const [said, did] = [preview, done].map(
        ({ out }) => JSON.parse(out) as { targets: unknown; counts: unknown },
      );
      expect([did?.targets, did?.counts]).toEqual([said?.targets, said?.counts]);
      expect(timeless(await snapshot())).toEqual(timeless(applied));
      const again = await lpad('apply', 'plan.json', '--yes');
      expect([again.status, again.out]).toEqual([5, expect.stringContaining('has changed')]);
    },
  );

  /** Everything but when it was written. */
  function timeless({ fireworks, workflows }: Snapshot): unknown {
    const kind = (date: unknown): string => (date instanceof Date ? 'Date' : 'text');
    return [...fireworks, ...workflows].map((one) => ({ ...one, updatedOn: kind(one.updatedOn) }));
  }

  it.each(COMMANDS.filter((_, index) => index % 4 === 0))(
    '%s asks before it changes %d',
    async (name, _, words) => {
      const before = await snapshot();
      const asked = await lpad(name, ...words, '--max-unasked', '0');
      expect([asked.status, asked.err]).toEqual([4, expect.stringContaining('more than 0 need --yes')]);
      expect(await snapshot()).toStrictEqual(before);
    },
  );

  it('prints ids for the next command, and of what was not done the reason', async () => {
    expect(await lpad('pause_fws', '-i', '3-6', '-o', 'ids')).toEqual({
      status: 0,
      out: '4\n5\n6\n',
      err: expect.stringContaining('Finished pausing 3 FWs; 1 skipped.') as string,
    });
    const refused = await lpad('defuse_fws', '-i', '7', '99');
    expect([refused.status, refused.out]).toEqual([
      1,
      expect.stringMatching(
        /^refused {3}7 Überprüfung: is RUNNING since .*\nfailed {4}99: no Firework 99\n$/,
      ),
    ]);
    expect(await lpad('pause_wflows', '-i', '99')).toMatchObject({
      status: 1,
      out: 'failed    99: no Workflow has Firework 99\n',
    });
    expect(await lpad('resume_fws', '-n', 'nobody')).toMatchObject({
      status: 0,
      err: 'Nothing matches: no Firework was resumed.\n',
    });
  });

  it('an undo of a pause lets go what its parents have released meanwhile', async () => {
    const [waiting] = await addChain(store);
    await lpad('pause_fws', '-i', String(waiting));
    await completeParentOf(store, waiting);
    const undo = await lpad('undo');
    expect([undo.status, undo.out]).toEqual([0, `restored ${String(waiting)} child: PAUSED -> READY\n`]);
    const [released] = (await snapshot()).workflows.filter(({ nodes }) => nodes.includes(waiting));
    expect(released).toMatchObject({ state: 'RUNNING' });
    expect(released?.fwStates.get(waiting)).toBe('READY');
  });

  it('names each field in the journal that was edited, and not the state that stayed', async () => {
    await lpad('update_fws', '-i', '4', '-u', '{"temperature": 7}');
    const [run] = JSON.parse((await lpad('journal', '-o', 'json')).out) as readonly Record<string, unknown>[];
    expect(run).toMatchObject({ operation: 'update', fireworks: 1, workflows: 1, status: 'done' });
    const one = JSON.parse((await lpad('journal', String(run?.['journal_id']), '-o', 'json')).out) as object;
    expect(one).toMatchObject({
      changes: [{ fw_id: 4, field: 'spec.temperature', before: 40, after: 7 }],
    });
  });

  it('spares what was changed between the selection and the lock', async () => {
    const context = createRunContext({ operation: 'pause', commandLine: [] });
    const selection = { where: { state: 'READY' } };
    // As if the second had been READY when they were selected.
    const targets = { ids: [5, 6], unknown: [] };
    const request = { targets, selection, event: 'PAUSE', dryRun: false } as const;
    const { targets: outcomes } = await controlFireworks(store, request, context);
    expect(outcomes.map(({ fwId, outcome }) => [fwId, outcome])).toEqual([
      [5, 'changed'],
      [6, 'skipped'],
    ]);
    expect(await store.findFireworkIds({ ids: [5, 6], where: { state: 'RESERVED' } })).toEqual([6]);
  });

  it('spares Workflows that were changed between the selection and the lock', async () => {
    const context = createRunContext({ operation: 'pause', commandLine: [] });
    const targets = await findWorkflowTargets(store, { members: [1, 4] });
    const request = { targets, selection: { where: { name: 'w1' } }, event: 'PAUSE', dryRun: false } as const;
    const { targets: outcomes } = await controlWorkflows(store, { ...request, allStates: false }, context);
    expect(outcomes.map(({ fwId, name, outcome }) => [fwId, name, outcome])).toEqual([
      [1, 'w0', 'skipped'],
      [4, 'w1', 'changed'],
    ]);
    expect(await store.findLockHolders()).toEqual([]);
  });
}

/** A READY parent with a WAITING child, whose id it gives first. */
async function addChain(store: LaunchPadStore): Promise<readonly [number, number]> {
  const first = await store.takeFireworkIds(2);
  const view = workflow()
    .node(first, { state: 'READY', name: 'parent' })
    .node(first + 1, { name: 'child' })
    .link(first, first + 1)
    .view();
  const { name, metadata, links, state, createdOn, updatedOn } = view.workflow;
  const fireworks = [...view.fireworks.values()];
  await store.addWorkflows([{ name, metadata, links, fireworks, state, createdOn, updatedOn }]);
  return [first + 1, first];
}

/** As a rocket does, which leaves held children as they are. */
async function completeParentOf(store: LaunchPadStore, child: number): Promise<void> {
  const parent = child - 1;
  const fields = { fwId: parent, state: 'RUNNING', timeEnd: null, runtimeSecs: null } as const;
  const running = launch(await store.takeLaunchIds(1), fields);
  await store.claimFirework({ fwId: parent, where: {}, order: 'id', now: new Date() });
  await store.insertLaunch(running);
  const now = (): Date => new Date(Date.now() + 1000);
  await refreshWorkflows(store, {
    fwIds: [parent],
    now,
    added: new Map([[parent, [running.launchId]]]),
    edit: (draft) => draft.addLaunch(parent, running.launchId),
  });
  await completeLaunch(store, {
    launch: running,
    state: 'COMPLETED',
    action: createAction({}),
    endedOn: now(),
    now,
  });
}

describe('changing states and specs on the embedded store', () => {
  changes(() => {
    const folder = mkdtempSync(join(tmpdir(), 'lpad-control-db-'));
    return { config: { path: folder }, store: createEmbeddedStore({ folder }) };
  });
});

describeWithMongo('changing states and specs on MongoDB', () => {
  changes(() => {
    const { uri, name } = freshDatabase();
    return { config: { host: uri, name, uri_mode: true }, store: createMongoStore({ uri, database: name }) };
  });
});
