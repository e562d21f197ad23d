/** `rerun_fws --rollback-dynamic`: what the action of a launch did is taken back when it is run again. */
import type { Workflow } from '../../../src/domain/model';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { appendToWorkflow } from '../../../src/launchpad/growth/append-workflow';
import { applyPlan } from '../../../src/launchpad/change/apply-plan';
import { getUndoable } from '../../../src/launchpad/journal/list-runs';
import { undoRun } from '../../../src/launchpad/journal/undo-run';
import { rerunFireworks, type RerunRequest } from '../../../src/launchpad/rerun/rerun-fireworks';
import type { RerunReport } from '../../../src/launchpad/rerun/rerun-report';
import { parsePlanText, toPlanText } from '../../../src/specs/plan-file';
import { createRunContext } from '../../../src/launchpad/run-context';
import type { WorkflowPatch } from '../../../src/domain/patch';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { act, acting, describeOnBothStores } from './rocket-world';

const OPTIONS = { includeRunning: false, resetHeld: false, clearRecovery: false, rollbackDynamic: true };

function rerun(
  store: LaunchPadStore,
  ids: readonly number[],
  more: Partial<RerunRequest> = {},
): Promise<RerunReport> {
  const request = { ids, options: OPTIONS, noDuplicates: false, dryRun: false, ...more };
  return rerunFireworks(store, request, createRunContext({ operation: 'rerun', commandLine: [] }));
}

async function undo(store: LaunchPadStore): Promise<readonly string[]> {
  return (await undoOf(store)).outcomes;
}

async function undoOf(
  store: LaunchPadStore,
  run?: string,
): Promise<{ readonly outcomes: readonly string[]; readonly run: string | undefined }> {
  const { entries } = await getUndoable(store, run);
  const context = createRunContext({ operation: 'undo', commandLine: [] });
  const { fireworks, journalId } = await undoRun(store, { entries, dryRun: false }, context);
  return { outcomes: fireworks.map(({ fwId, outcome }) => `${String(fwId)} ${outcome}`), run: journalId };
}

async function workflowOf(store: LaunchPadStore, fwId: number): Promise<Workflow | undefined> {
  for await (const workflow of store.findWorkflows({ members: [fwId] })) return workflow;
  return undefined;
}

async function graph(store: LaunchPadStore, fwId = 1): Promise<object | undefined> {
  const workflow = await workflowOf(store, fwId);
  if (!workflow) return undefined;
  const { links, fwStates, state } = workflow;
  return { links: Object.fromEntries(links), states: Object.fromEntries(fwStates), state };
}

describeOnBothStores('what an action did', (world) => {
  /** 1 → 2, after 1 has taken a detour 3 and changed the spec of 2; all have run. */
  async function fill(): Promise<void> {
    const { add, launch } = world();
    const second = acting(2, { k: 1 });
    await add({ name: 'w', metadata: {}, links: { 1: [2] }, fws: [acting(1), second] });
    const detours = { name: 'aside', spec: { _tasks: [{ _fw_name: 'Act' }] } };
    await launch('a', { own: [act(() => ({ detours, update_spec: { k: 5, added: true } }))] });
    await launch('b', { own: [act(() => undefined)] });
    await launch('c', { own: [act(() => undefined)] });
  }

  it('is noted beside its launch, and beside no other', async () => {
    await fill();
    const noted: unknown[] = [];
    for await (const { launchId, effects } of world().store.findLaunchRecords([1, 2, 3]))
      noted.push([launchId, effects]);
    expect(noted).toEqual([
      [
        1,
        {
          created: [3],
          specs: [
            { fw_id: 2, path: ['k'], before: 1, after: 5 },
            { fw_id: 2, path: ['added'], after: true },
          ],
        },
      ],
      [2, undefined],
      [3, undefined],
    ]);
  });

  it('is taken back, and done once when it runs again; undo brings it back as it was', async () => {
    await fill();
    const { store, firework, launch } = world();
    const before = [await graph(store), await firework(2), await firework(3)];
    const report = await rerun(store, [1]);
    expect(report.targets).toMatchObject([
      {
        fwId: 1,
        outcome: 'rerun',
        to: 'READY',
        descendants: [{ fwId: 2, to: 'WAITING' }],
        archivedLaunches: [1, 3, 2],
      },
    ]);
    expect(report.targets[0]?.notes).toEqual([
      'takes back: 3 (aside) archived',
      'takes back: spec.k of 2 (fw2), spec.added of 2 (fw2)',
    ]);
    expect(await graph(store)).toEqual({
      links: { 1: [2], 2: [] },
      states: { 1: 'READY', 2: 'WAITING' },
      state: 'READY',
    });
    expect((await firework(2))['spec']).toEqual({ _tasks: [{ _fw_name: 'Act' }], k: 1 });
    expect(await firework(3)).toMatchObject({ state: 'ARCHIVED', launches: [], archived_launches: [2] });
    expect(await graph(store, 3)).toEqual({ links: { 3: [] }, states: { 3: 'ARCHIVED' }, state: 'ARCHIVED' });
    expect(await store.findLockHolders()).toEqual([]);
    expect(await undo(store)).toEqual(['1 restored', '2 restored', '3 restored']);
    expect([await graph(store), await firework(2), await firework(3)]).toEqual(before);
    await rerun(store, [1]);
    const again = { name: 'aside', spec: { _tasks: [{ _fw_name: 'Act' }] } };
    await launch('d', { own: [act(() => ({ detours: again }))] });
    expect(await graph(store)).toMatchObject({ links: { 1: [2, 4], 2: [], 4: [2] } });
    for (const folder of ['e', 'f']) await launch(folder, { own: [act(() => undefined)] });
    expect(await graph(store)).toMatchObject({ state: 'COMPLETED' });
  });

  it('stays taken back, and its workflow with it, when an undo comes too late', async () => {
    await fill();
    const { store, launch } = world();
    await rerun(store, [1]);
    const taken = await graph(store, 3);
    await launch('d', { own: [act(() => undefined)] });
    expect(await undo(store)).toEqual(['1 moved on', '2 moved on', '3 moved on']);
    expect(await graph(store, 3)).toEqual(taken);
  });

  it('comes back, and is taken back once more, by an undo of the undo', async () => {
    await fill();
    const { store } = world();
    await rerun(store, [1]);
    const after = [await graph(store), await graph(store, 3)];
    const { run } = await undoOf(store);
    expect(await graph(store, 3)).toMatchObject({ links: { 1: [2, 3] } });
    await undoOf(store, run);
    expect([await graph(store), await graph(store, 3)]).toEqual(after);
  });

  it('is left alone where somebody has changed it since', async () => {
    await fill();
    const { store } = world();
    const edits = [{ path: ['k'], action: 'set', value: 7 }] as const;
    await rerun(store, [2], { options: { ...OPTIONS, edits } });
    const { targets } = await rerun(store, [1], { dryRun: true });
    expect(targets[0]?.notes).toEqual([
      'takes back: 3 (aside) archived',
      'takes back: spec.added of 2 (fw2)',
      'left alone: spec.k of 2 (fw2) has changed since',
    ]);
  });

  it('is named by a rerun that does not take it back', async () => {
    await fill();
    const { targets } = await rerun(world().store, [1], {
      options: { ...OPTIONS, rollbackDynamic: false },
      dryRun: true,
    });
    expect(targets[0]?.notes).toEqual([
      "1 (fw1) added 1 workflow (3 (aside)) and changed its children's specs: not undone, and done again when it runs",
    ]);
  });

  it('is derived from the action where no rocket of ours noted it, and the rest is named', async () => {
    await fill();
    const { store } = world();
    await store.updateLaunchRecord(1, { effects: null as never });
    const { targets } = await rerun(store, [1]);
    expect(targets[0]?.notes).toEqual([
      'takes back: 3 (aside) archived',
      'not taken back: 1 (fw1) changed k, added in specs: what stood there before was not noted',
    ]);
    expect(await graph(store)).toMatchObject({ links: { 1: [2], 2: [] } });
  });

  it('is taken back with what it added in turn, and not when something else hangs below it', async () => {
    const { add, launch, store } = world();
    await add({ name: 'w', metadata: {}, links: {}, fws: [acting(1)] });
    const more = { name: 'more', spec: { _tasks: [{ _fw_name: 'Act' }] } };
    await launch('a', { own: [act(() => ({ additions: more }))] });
    await launch('b', { own: [act(() => ({ additions: more }))] });
    expect(await graph(store)).toMatchObject({ links: { 1: [2], 2: [3], 3: [] } });
    const { targets } = await rerun(store, [1, 2]);
    expect(targets.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['rerun', undefined],
      ['skipped', 'is archived: 1 (fw1) added it, and is rerun'],
    ]);
    expect(await graph(store)).toEqual({ links: { 1: [] }, states: { 1: 'READY' }, state: 'READY' });
    expect(await graph(store, 3)).toMatchObject({ links: { 2: [3], 3: [] }, state: 'ARCHIVED' });
  });

  it('is not taken back where somebody hung something below a Firework that it added', async () => {
    await fill();
    const { store, firework } = world();
    const file = { file: 'w.json', format: 'json', now: new Date() } as const;
    const [mine] = parseWorkflowFile(JSON.stringify({ fw_id: -1, name: 'mine', spec: { _tasks: [] } }), file);
    if (!mine) throw new Error('it is one workflow');
    const context = createRunContext({ operation: 'append', commandLine: [] });
    const request = { parents: [3], detour: false, pullSpecMods: false, dryRun: false };
    const { fireworks } = await appendToWorkflow(store, { ...request, workflow: mine }, context);
    expect(fireworks).toMatchObject([{ fwId: 4, name: 'mine' }]);
    const before = [await graph(store), await firework(1), await firework(3), await firework(4)];
    const refused = await rerun(store, [1]);
    expect(refused).toMatchObject({ counts: { rerun: 0, refused: 1 } });
    expect(refused.journalId).toBeUndefined();
    expect(refused.targets).toMatchObject([
      {
        fwId: 1,
        outcome: 'refused',
        reason: '4 (mine) hangs below 3 (aside), which --rollback-dynamic would take away; delete it first',
      },
    ]);
    expect([await graph(store), await firework(1), await firework(3), await firework(4)]).toEqual(before);
    expect(await store.findLockHolders()).toEqual([]);
    // Where nothing is taken back, it stands in nobody's way.
    const { targets } = await rerun(store, [1], { options: { ...OPTIONS, rollbackDynamic: false } });
    expect(targets).toMatchObject([{ fwId: 1, outcome: 'rerun' }]);
  });

  it('is taken back by a plan that is applied later', async () => {
    await fill();
    const { store } = world();
    const patches: WorkflowPatch[] = [];
    await rerun(store, [1], { dryRun: true, onPatch: (patch) => patches.push(patch) });
    const plan = { database: '', createdOn: new Date(), operation: 'rerun', commandLine: [], patches };
    const read = parsePlanText(toPlanText(plan), 'plan.json');
    const context = createRunContext({ operation: 'apply', commandLine: [] });
    await applyPlan(store, read.patches, context);
    expect(await graph(store)).toMatchObject({ links: { 1: [2], 2: [] } });
    expect(await workflowOf(store, 3)).toMatchObject({
      nodes: [3],
      name: 'w (rolled back)',
      state: 'ARCHIVED',
      metadata: { rolled_back: { workflow: 'w', journal_id: context.run } },
    });
    expect(await undo(store)).toEqual(['1 restored', '2 restored', '3 restored']);
    expect(await graph(store, 3)).toMatchObject({ links: { 1: [2, 3] }, state: 'COMPLETED' });
  });
});
