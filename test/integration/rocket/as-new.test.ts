/** New runs of recorded ones: what they have of the old ones, and that these stay as they are. */
import type { NewRunWishes } from '../../../src/domain/as-new/new-run';
import type { ValueObject, Workflow } from '../../../src/domain/model';
import { ABSENT, orphanKey, type WorkflowPatch } from '../../../src/domain/patch';
import { startRuns, type RunWay, type StartReport } from '../../../src/launchpad/as-new/start-runs';
import { addDefinition } from '../../../src/launchpad/as-new/add-definition';
import { applyPlan } from '../../../src/launchpad/change/apply-plan';
import { followRun, type RunEvent } from '../../../src/launchpad/follow/follow-run';
import { getUndoable } from '../../../src/launchpad/journal/list-runs';
import { undoRun } from '../../../src/launchpad/journal/undo-run';
import { deleteWorkflows } from '../../../src/launchpad/remove/delete-workflows';
import { runIdsOf } from '../../../src/launchpad/launches/run-ids';
import { createRunContext } from '../../../src/launchpad/run-context';
import { findLineage } from '../../../src/launchpad/show/lineage';
import type { Firetask } from '../../../src/rocket/define-firetask';
import { plain } from '../../../src/specs/plain-values';
import { workflowsOf } from '../../../src/specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { act, acting, describeOnBothStores, script, type RocketWorld } from './rocket-world';

const WISHES: NewRunWishes = { labels: {}, env: {}, edits: [], current: false };
const CHAIN = { name: 'w', metadata: { owner: 'amy' }, links: { 1: [2], 2: [3] } };

/** 1 → 2 → 3, each of the Firetask `Act`. */
function chain(spec: ValueObject = {}): ValueObject {
  return { ...CHAIN, fws: [acting(1, spec), acting(2, spec), acting(3, spec)] };
}

const context = () => createRunContext({ operation: 'test', commandLine: ['lpad', 'test'] });

describeOnBothStores('a run as new', (world) => {
  function start(way: RunWay, wishes: Partial<NewRunWishes> = {}): Promise<StartReport> {
    const request = { ways: [way], wishes: { ...WISHES, ...wishes }, dryRun: false };
    return startRuns(world().store, request, context());
  }

  const whole = (fwId: number): RunWay => ({ fwId, way: { kind: 'whole' } });
  const from = (fwId: number): RunWay => ({ fwId, way: { kind: 'from', fwId } });
  const alone = (fwId: number): RunWay => ({ fwId, way: { kind: 'alone', fwId } });

  async function workflowOf(fwId: number): Promise<Workflow> {
    for await (const one of world().store.findWorkflows({ members: [fwId] })) return one;
    throw new Error(`no workflow has ${String(fwId)}`);
  }

  async function specOf(fwId: number): Promise<unknown> {
    const { spec } = await world().firework(fwId);
    const { _tasks: _, ...rest } = plain(spec) as Record<string, unknown>;
    return rest;
  }

  /** Runs whatever is READY; what each does, by its fw_id. */
  async function runAll(acts: (fwId: number) => ReturnType<Firetask['run']> = () => undefined) {
    for (let n = 0; n < 20; n += 1) {
      const own = [act(({ fwId }) => acts(fwId))];
      const { kind } = await world().launch(`launch-${String(Math.random()).slice(2)}`, { own });
      if (kind === 'nothing') return;
    }
  }

  async function everything(store: LaunchPadStore, fwIds: readonly number[]): Promise<unknown> {
    const { key } = await workflowOf(fwIds[0] ?? 1);
    const launchIds: number[] = [];
    for await (const one of store.findFireworks({ ids: fwIds }, 'all')) launchIds.push(...one.launches);
    const found: unknown[] = [];
    for await (const one of store.findWholeDocuments({ workflows: [key], fwIds, launchIds })) found.push(one);
    return found;
  }

  async function edit(fwId: number, key: string, value: number): Promise<void> {
    const { store } = world();
    const workflow = await workflowOf(fwId);
    const owner = { name: `h:1:${String(Math.random())}`, expiresAt: Date.now() + 60_000 };
    await store.lockWorkflows([workflow.key], owner, 1000);
    const fields = [{ path: ['spec', key], before: 0, after: value, guard: false }];
    const entry = {
      id: `edit-${String(Math.random())}`,
      run: 'edit',
      owner: owner.name,
      createdOn: new Date(),
      user: 'amy',
      host: 'h',
      commandLine: [],
      operation: 'update',
      details: {},
      patches: [{ workflowKey: workflow.key, changes: [{ collection: 'fireworks', id: fwId, fields }] }],
      status: 'applying',
    } as const;
    await store.commitPatches(entry, owner);
  }

  it('has the specs of the first run, not those of later edits', async () => {
    const { add, store } = world();
    await add(chain({ n: 1 }));
    await runAll();
    await edit(2, 'n', 7);
    const before = await everything(store, [1, 2, 3]);
    const { runs, journalId } = await start(whole(2), {
      name: 'again',
      project: 'solar',
      domain: 'staging',
      labels: { team: 'blue' },
      env: { THREADS: '4' },
      edits: [{ path: ['cutoff'], action: 'set', value: 600 }],
    });
    expect(runs).toMatchObject([{ outcome: 'new run', name: 'w', notes: [], run: { id: 4, name: 'again' } }]);
    expect(await everything(store, [1, 2, 3])).toEqual(before);
    expect(await workflowOf(4)).toMatchObject({
      name: 'again',
      state: 'READY',
      links: new Map([
        [4, [5]],
        [5, [6]],
        [6, []],
      ]),
      nodes: [4, 5, 6],
      metadata: { owner: 'amy', project: 'solar', domain: 'staging', labels: { team: 'blue' }, rerun_of: 1 },
    });
    for (const fwId of [4, 5, 6])
      expect(await specOf(fwId)).toEqual({ n: 1, cutoff: 600, _env: { THREADS: '4' } });
    expect(await world().firework(4)).toMatchObject({ state: 'READY', launches: [], archived_launches: [] });
    expect(await world().firework(5)).toMatchObject({ state: 'WAITING' });
    expect(journalId).toBeDefined();
    await start(whole(2), { current: true });
    expect(await specOf(8)).toEqual({ n: 7 });
    await runAll();
    expect(await world().states(4)).toMatchObject({ state: 'COMPLETED' });
  });

  it('is taken away by undo while nothing of it has run, with all that came along', async () => {
    const { add, store } = world();
    await add(chain());
    await runAll();
    const { journalId } = await start(from(3));
    expect(await world().states(4)).toMatchObject({
      fwStates: { 4: 'COMPLETED', 5: 'COMPLETED', 6: 'READY' },
    });
    const { entries } = await getUndoable(store, journalId);
    const { fireworks } = await undoRun(store, { entries, dryRun: false }, context());
    expect(fireworks.map(({ outcome }) => outcome)).toEqual(['restored', 'restored', 'restored']);
    expect(await store.countWorkflows({})).toBe(1);
    const left: number[] = [];
    for await (const { launchId } of store.queryLaunches({}, 'brief')) left.push(launchId);
    expect(left).toEqual([1, 2, 3]);
    for await (const record of store.findLaunchRecords([4, 5, 6])) throw new Error(record.name);
  });

  it('gets what parents hand on once, not twice', async () => {
    const { add } = world();
    await add(chain({ list: ['own'], sum: 10 }));
    const acts = () => ({
      mod_spec: [{ _push: { list: 'pushed' } }, { _inc: { sum: 5 } }, { _push: { 'deep->list': 1 } }],
      update_spec: { set: 1 },
    });
    await runAll(acts);
    expect(await specOf(2)).toEqual({ list: ['own', 'pushed'], sum: 15, deep: { list: [1] }, set: 1 });
    await start(whole(1));
    expect(await specOf(5)).toMatchObject({ list: ['own'], sum: 10, set: 1 });
    await runAll(acts);
    expect(await specOf(5)).toEqual(await specOf(2));
    // Alone, there is nobody who would hand anything on.
    await start(alone(2));
    expect(await specOf(7)).toEqual(await specOf(2));
    expect(await workflowOf(7)).toMatchObject({ name: 'fw2', metadata: { rerun_of: 2 }, nodes: [7] });
  });

  const detour: ValueObject = {
    name: 'detour',
    links: { '-1': [-2] },
    fws: [
      { fw_id: -1, name: 'first', spec: { _tasks: [{ _fw_name: 'Act' }] } },
      { fw_id: -2, name: 'second', spec: { _tasks: [{ _fw_name: 'Act' }] } },
    ],
  };

  it('lacks what was created while the old one ran, and creates it anew', async () => {
    const { add } = world();
    await add(chain());
    const acts = (fwId: number) => (fwId === 1 || fwId === 6 ? { detours: detour } : undefined);
    await runAll(acts);
    expect((await workflowOf(1)).nodes).toHaveLength(5);
    const { runs } = await start(whole(1));
    expect(runs[0]?.notes).toEqual(['left out, since 1 fw1 creates them when it runs: 4 second, 5 first']);
    expect((await workflowOf(6)).nodes).toEqual([6, 7, 8]);
    await runAll(acts);
    expect(await world().states(6)).toMatchObject({ state: 'COMPLETED' });
    expect((await workflowOf(6)).nodes).toHaveLength(5);
  });

  it('without records has the present specs, and says so', async () => {
    const { add, store } = world();
    await add(chain({ n: 1 }));
    await runAll();
    // As Python's rocket leaves it.
    const records = await recordsIn(store, [1, 2, 3]);
    expect(records).toEqual([1, 2, 3]);
    await forgetRecords(world(), records);
    await edit(2, 'n', 7);
    const { runs } = await start(whole(1));
    expect(runs[0]?.notes).toEqual([
      'not recorded how these were first run, taken as they are now: 1 fw1, 2 fw2, 3 fw3',
    ]);
    expect(await specOf(5)).toEqual({ n: 7 });
  });

  it('of one that is not there fails, and writes nothing', async () => {
    expect(await start(whole(9))).toMatchObject({
      runs: [{ fwId: 9, outcome: 'failed', reason: 'no workflow has a Firework 9' }],
    });
    expect(await start(whole(9))).not.toHaveProperty('journalId');
  });

  it('can be planned now and added later, once', async () => {
    const { add, store } = world();
    await add(chain());
    await runAll();
    const patches: WorkflowPatch[] = [];
    const onPatch = (patch: WorkflowPatch): void => void patches.push(patch);
    const request = { ways: [from(2)], wishes: WISHES, dryRun: true, onPatch };
    const { runs } = await startRuns(store, request, context());
    expect(runs).toMatchObject([{ outcome: 'new run', run: { executed: [2, 3], standing: [1] } }]);
    expect(await store.countWorkflows({})).toBe(1);
    expect(await applyPlan(store, patches, context())).toMatchObject({ workflows: 1, drift: [] });
    expect(await world().states(4)).toMatchObject({ fwStates: { 4: 'COMPLETED', 5: 'READY', 6: 'WAITING' } });
    expect(await applyPlan(store, patches, context())).toMatchObject({
      workflows: 0,
      drift: ['workflow w is there already'],
    });
  });

  describe('from one Firework on', () => {
    it('takes over the others with their launches, and hands on what they handed on', async () => {
      const { add, launchOf, store } = world();
      await add(chain({ list: [] }));
      const acts = (fwId: number) => ({
        stored_data: { ran: fwId },
        mod_spec: { _push: { list: fwId } },
      });
      await runAll(acts);
      const { runs } = await start(from(2));
      expect(runs).toMatchObject([{ run: { id: 4, executed: [2, 3], standing: [1] }, notes: [] }]);
      expect(await world().states(4)).toEqual({
        state: 'RUNNING',
        fwStates: { 4: 'COMPLETED', 5: 'READY', 6: 'WAITING' },
      });
      expect((await workflowOf(4)).metadata).toEqual({ owner: 'amy', rerun_of: 1, rerun_from: 2 });
      const original = await launchOf(1);
      expect(await launchOf(4)).toEqual({ ...original, launch_id: 4, fw_id: 4 });
      expect(original).toMatchObject({ state: 'COMPLETED', action: { stored_data: { ran: 1 } } });
      for await (const record of store.findLaunchRecords([4]))
        expect(record).toMatchObject({ launchId: 4, fwId: 4, name: 'fw1', copyOf: 1 });
      // 1 stands, and does not push again; 2 will.
      expect(await specOf(5)).toEqual({ list: [1] });
      expect(await specOf(6)).toEqual({});
      await runAll(acts);
      expect(await specOf(6)).toEqual({ list: [5] });
      expect(await world().states(4)).toMatchObject({ state: 'COMPLETED' });
    });

    it('runs what has no result as well, and refuses what is RUNNING', async () => {
      const { add, store } = world();
      const links = { 1: [2, 3], 2: [4] };
      await add({ ...CHAIN, links, fws: [acting(1), acting(2), acting(3), acting(4)] });
      await runAll((fwId) => {
        if (fwId === 3) throw new Error('no');
        return undefined;
      });
      const { runs } = await start(from(2));
      expect(runs).toMatchObject([{ run: { executed: [2, 3, 4], standing: [1] } }]);
      expect(runs[0]?.notes).toEqual(['run as well, since they have no result: 3 fw3']);
      expect(await world().states(5)).toMatchObject({
        fwStates: { 5: 'COMPLETED', 6: 'READY', 7: 'READY', 8: 'WAITING' },
      });
      await store.claimFirework({ fwId: 7, where: {}, order: 'id', now: new Date() });
      expect((await start(from(6))).runs).toMatchObject([
        {
          outcome: 'refused',
          reason: 'RUNNING or RESERVED, so that there is no result to take over: 7 fw3',
        },
      ]);
    });

    it('keeps what was created by those that stand, and drops what will be created again', async () => {
      const { add } = world();
      await add(chain());
      const acts = (fwId: number) => (fwId === 1 || fwId === 2 ? { detours: detour } : undefined);
      await runAll(acts);
      const all = (await workflowOf(1)).nodes;
      expect(all).toHaveLength(7);
      const { runs } = await start(from(2));
      expect(runs[0]?.run).toMatchObject({ executed: [2, 3], standing: [1, 4, 5] });
      const clone = runs[0]?.run?.id ?? 0;
      const copied = (await workflowOf(clone)).nodes;
      expect(copied).toHaveLength(5);
      expect((await start(from(6))).runs).toMatchObject([{ outcome: 'new run' }]);
      // The copy of a creator is known as one, too.
      const again = await start(whole(clone));
      expect(again.runs[0]?.notes).toHaveLength(1);
      expect(again.runs[0]?.run?.executed).toHaveLength(3);
    });

    it('runs again what was computed below a failure', async () => {
      const { add } = world();
      const links = { 1: [2, 3], 3: [4] };
      await add({
        ...CHAIN,
        links,
        fws: [acting(1), acting(2), acting(3), acting(4, { _allow_fizzled_parents: true })],
      });
      await runAll((fwId) => {
        if (fwId === 3) throw new Error('no');
        return undefined;
      });
      expect(await world().states(1)).toMatchObject({ fwStates: { 3: 'FIZZLED', 4: 'COMPLETED' } });
      expect((await start(from(2))).runs).toMatchObject([{ run: { executed: [2, 3, 4], standing: [1] } }]);
      expect((await start(from(99))).runs).toMatchObject([{ outcome: 'failed' }]);
      const stranger: RunWay = { fwId: 1, way: { kind: 'from', fwId: 5 } };
      expect((await start(stranger)).runs).toMatchObject([
        { outcome: 'refused', reason: 'Firework 5 is not in this workflow' },
      ]);
    });

    it('takes specs from a definition of the same shape, and refuses any other', async () => {
      const { add } = world();
      await add(chain({ n: 1 }));
      await runAll((fwId) => ({ update_spec: { from: fwId } }));
      const definition = (fws: readonly ValueObject[], links: ValueObject = CHAIN.links) =>
        workflowsOf({ name: 'new', fws, links }, { named: 'the file', now: new Date() })[0];
      const good = definition([acting(1, { n: 9 }), acting(2, { n: 9 }), acting(3, { n: 9 })]);
      const { runs } = await start(from(2), { ...(good ? { definition: good } : {}) });
      expect(runs).toMatchObject([{ outcome: 'new run' }]);
      expect(await specOf(4)).toEqual({ n: 1 });
      expect(await specOf(5)).toEqual({ n: 9, from: 1 });
      expect(await specOf(6)).toEqual({ n: 9 });
      const reasons: unknown[] = [];
      for (const bad of [
        definition([acting(1), acting(2)], { 1: [2] }),
        definition([acting(1), acting(2), acting(4)], { 1: [2], 2: [4] }),
        definition([acting(1), acting(2), acting(3)], { 1: [2, 3] }),
      ])
        reasons.push((await start(from(2), bad ? { definition: bad } : {})).runs[0]?.reason);
      expect(reasons).toEqual([
        'the definition is not of this workflow: it has no Firework fw3',
        'the definition is not of this workflow: it has no Firework fw3; the recorded workflow has no Firework fw4',
        'the definition is not of this workflow: fw3 waits for fw1 in it, and for fw2 in the recorded workflow',
      ]);
    });
  });

  it('names the first of its family where that is not its origin, also when those between are deleted', async () => {
    const { add, store } = world();
    await add(chain({ n: 1 }));
    await runAll(() => ({}));
    await start(whole(1));
    await start(whole(4));
    await start(alone(8));
    const metadata = async (fwId: number): Promise<unknown> => (await workflowOf(fwId)).metadata;
    expect(await metadata(4)).toEqual({ owner: 'amy', rerun_of: 1 });
    expect(await metadata(7)).toEqual({ owner: 'amy', rerun_of: 4, root_of: 1 });
    expect(await metadata(10)).toEqual({ owner: 'amy', rerun_of: 8, root_of: 1 });
    const memberships = await store.findMemberships([4, 7]);
    await deleteWorkflows(store, { memberships, dryRun: false }, context());
    expect(await runIdsOf(store, await workflowOf(10))).toEqual({ runId: 10, rootId: 1 });
    await start(whole(10));
    expect(await metadata(11)).toEqual({ owner: 'amy', rerun_of: 10, root_of: 1 });
  });

  it('of a new definition has the inputs of the old run', async () => {
    const { add, store } = world();
    await add(chain({ n: 1, _priority: 3 }));
    await runAll((fwId) => ({ update_spec: { handed: fwId } }));
    const fws = [acting(1, { n: 5, more: true }), acting(2, { n: 5, handed: 'own' }), script(9, ['true'])];
    const [definition] = workflowsOf(
      { name: 'new', fws, links: { 1: [2] } },
      { named: 'the file', now: new Date() },
    );
    if (!definition) throw new Error('no definition');
    const added = await addDefinition(store, { definition, fwId: 2 }, context());
    expect(added).toMatchObject({
      name: 'new',
      notes: ['not in the recorded run, and as the definition has them: fw9'],
    });
    expect(await specOf(4)).toEqual({ n: 1, more: true });
    expect(await specOf(5)).toEqual({ n: 1, handed: 'own' });
    expect((await workflowOf(4)).metadata).toEqual({ rerun_of: 1 });
    await expect(addDefinition(store, { definition, fwId: 99 }, context())).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('converts inputs, and refuses those that do not fit', async () => {
    const { add, store } = world();
    const schema = { type: 'object', properties: { n: { type: 'integer', minimum: 1 } }, required: ['n'] };
    await add({ ...CHAIN, links: {}, fws: [acting(1, { n: 1, x: 0.5, _input_schema: schema })] });
    const run = (inputs: ValueObject) =>
      startRuns(store, { ways: [whole(1)], wishes: WISHES, inputs, dryRun: false }, context());
    await run({ n: '42' });
    expect(await specOf(2)).toMatchObject({ n: 42, x: 0.5 });
    await expect(run({ n: 'many' })).rejects.toMatchObject({
      code: 'BAD_INPUTS',
      message: "inputs of 1 fw1: n must be a whole number, is 'many'",
    });
    await expect(run({ n: 0 })).rejects.toMatchObject({
      message: 'inputs of 1 fw1: n must be at least 1, is 0',
    });
    await expect(run({ nn: 1 })).rejects.toMatchObject({
      message: 'the run has no input nn; did you mean n?',
    });
    await expect(
      start(whole(1), { edits: [{ path: ['n'], action: 'set', value: 'many' }] }),
    ).rejects.toMatchObject({ code: 'BAD_INPUTS' });
    expect(await store.countWorkflows({})).toBe(2);
  });

  it('without a schema converts inputs to the type that was there', async () => {
    const { add, store } = world();
    await add({ ...CHAIN, links: {}, fws: [acting(1, { n: 1, on: false, text: 'a' })] });
    const inputs = { n: '2.5', on: 'true', text: 7 };
    await startRuns(store, { ways: [whole(1)], wishes: WISHES, inputs, dryRun: false }, context());
    expect(await specOf(2)).toEqual({ n: 2.5, on: true, text: '7' });
  });

  it('gives its variables to processes, also to those of Fireworks that it creates', async () => {
    const { add, launchOf } = world();
    const store_stdout = true;
    const shout = { script: 'echo "$GREETING $LPAD_TEST_NUMBER"', store_stdout };
    await add({
      ...CHAIN,
      links: {},
      fws: [script(1, [shout], { _env: { GREETING: 'hello', LPAD_TEST_NUMBER: 5 } })],
    });
    await runAll();
    expect(await launchOf(1)).toMatchObject({ action: { stored_data: { stdout: 'hello 5\n' } } });
    await start(whole(1), { env: { GREETING: 'good day' } });
    await runAll();
    expect(await launchOf(2)).toMatchObject({ action: { stored_data: { stdout: 'good day 5\n' } } });
    await add({ ...CHAIN, links: {}, fws: [acting(1, { _env: { GREETING: 'hi' } })] });
    await runAll((fwId) => (fwId === 3 ? { additions: script(-1, [shout]) } : undefined));
    expect(await specOf(4)).toEqual({ _env: { GREETING: 'hi' } });
  });

  it('can be followed to its end', async () => {
    const { add, store } = world();
    await add({
      ...CHAIN,
      links: { 1: [2] },
      fws: [script(1, [{ script: 'echo one', store_stdout: true }]), acting(2)],
    });
    const events: RunEvent[] = [];
    const following = (async () => {
      for await (const event of followRun(store, 2, { pollMs: 20, idleAfterMs: 40 })) events.push(event);
    })();
    while (!events.some(({ kind }) => kind === 'idle')) await new Promise((done) => setTimeout(done, 10));
    await runAll((fwId) => {
      if (fwId === 2) throw new Error('this is why');
      return undefined;
    });
    await following;
    const shown = events.map((event) => {
      if (event.kind === 'state') return `${String(event.fwId)} ${event.to}`;
      return event.kind === 'output' ? `${String(event.fwId)} | ${event.line}` : event.kind;
    });
    expect(shown.slice(0, 2)).toEqual(['1 READY', 'idle']);
    expect(shown).toEqual(
      expect.arrayContaining(['1 | one', '1 COMPLETED', '2 FIZZLED', '2 | Error: this is why']),
    );
    expect(events.at(-1)).toEqual({ kind: 'end', state: 'FIZZLED' });
  });

  it('has a family', async () => {
    const { add, store } = world();
    await add(chain());
    await runAll();
    await start(whole(2));
    await start(from(5));
    await start(alone(3));
    const { root, asked } = await findLineage(store, 8);
    expect(asked).toBe(7);
    const tree = (one: typeof root): unknown => [one.fwId, one.rerunFrom, one.reruns.map(tree)];
    expect(tree(root)).toEqual([
      1,
      undefined,
      [
        [4, undefined, [[7, 5, []]]],
        [10, undefined, []],
      ],
    ]);
  });
});

async function recordsIn(store: LaunchPadStore, launchIds: readonly number[]): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { launchId } of store.findLaunchRecords(launchIds)) found.push(launchId);
  return found;
}

async function forgetRecords({ store }: RocketWorld, launchIds: readonly number[]): Promise<void> {
  const changes = [];
  for await (const { collection, id, document } of store.findWholeDocuments({
    workflows: [],
    fwIds: [],
    launchIds,
  })) {
    if (collection !== 'launchRecords') continue;
    changes.push({ collection, id, fields: [{ path: [], before: document, after: ABSENT, guard: true }] });
  }
  const owner = { name: 'h:1:forget', expiresAt: Date.now() + 60_000 };
  const entry = {
    id: `forget-${String(Math.random())}`,
    run: 'forget',
    owner: owner.name,
    createdOn: new Date(),
    user: 'amy',
    host: 'h',
    commandLine: [],
    operation: 'test',
    details: {},
    patches: [{ workflowKey: orphanKey(1), changes }],
    status: 'applying',
  } as const;
  await store.commitPatches(entry, owner);
}
