import {
  planRerun,
  type RerunInput,
  type RerunPlan,
  type TargetOutcome,
} from '../../../src/domain/rerun/rerun-plan';
import { STATES, type FireworkState } from '../../../src/domain/state';
import { applyPatch } from '../../support/apply-patch';
import {
  LONG_AGO,
  NOW,
  NOW_TEXT,
  launch,
  workflow,
  type WorkflowBuilder,
} from '../../support/workflow-builder';

const CHECKPOINT = { _task_n: 1, _all_stored_data: { x: 1.5 }, _all_update_spec: {}, _all_mod_spec: [] };

function failed(id: number, fields: Parameters<typeof launch>[1] = {}): ReturnType<typeof launch> {
  const stateHistory = [{ state: 'FIZZLED' as const, created_on: LONG_AGO, checkpoint: CHECKPOINT }];
  return launch(id, { stateHistory, ...fields });
}

function plan(
  builder: WorkflowBuilder,
  targets: readonly number[],
  options: Partial<RerunInput['options']> = {},
  launches: readonly ReturnType<typeof launch>[] = [],
): RerunPlan & { readonly after: ReturnType<typeof applyPatch> } {
  const view = builder.view();
  const made = planRerun({
    view,
    targets: new Set(targets),
    options: { includeRunning: false, resetHeld: false, clearRecovery: false, ...options },
    launches: new Map(launches.map((one) => [one.launchId, one])),
    now: NOW,
  });
  return { ...made, after: applyPatch(view, made.patch) };
}

function only({ outcomes }: RerunPlan): TargetOutcome {
  const [outcome] = outcomes;
  if (!outcome || outcomes.length !== 1)
    throw new Error(`one outcome expected, there are ${String(outcomes.length)}`);
  return outcome;
}

const taskLevel = (mode: 'cp' | 'prev_dir' | null = null, launchIds: [number, number][] = []) => ({
  taskLevel: { mode, launchIds: new Map(launchIds) },
});

describe('who is rerun', () => {
  const single = (state: FireworkState): WorkflowBuilder => workflow().node(1, { state });

  it.each(['FIZZLED', 'COMPLETED', 'READY', 'PAUSED'] as const)('a target that is %s', (state) => {
    const { after, ...made } = plan(single(state), [1]);
    expect(only(made)).toMatchObject({ outcome: 'rerun', from: state, to: 'READY' });
    expect(after.fireworks.get(1)).toMatchObject({ state: 'READY', updatedOn: NOW_TEXT });
  });

  it.each([
    ['WAITING', 'skipped', 'already WAITING'],
    ['DEFUSED', 'skipped', 'is DEFUSED; reignite it first'],
    ['ARCHIVED', 'skipped', 'is ARCHIVED; an archived Firework stays as it is'],
    [
      'RUNNING',
      'refused',
      'is RUNNING since 2026-01-02 03:04:05 UTC; wait, cancel it, or add --include-running',
    ],
    [
      'RESERVED',
      'refused',
      'is RESERVED since 2026-01-02 03:04:05 UTC; wait, cancel it, or add --include-running',
    ],
  ] as const)('not one that is %s: %s, because it %s', (state, outcome, reason) => {
    const made = plan(single(state), [1]);
    expect(only(made)).toMatchObject({ outcome, reason, from: state, to: state });
    expect(made.patch.changes).toEqual([]);
  });

  it.each(['RUNNING', 'RESERVED'] as const)(
    'one that is %s with --include-running, and its launch is archived',
    (state) => {
      const running = launch(7, { state, launchDir: '/runs/7', host: 'node-3' });
      const { after, ...made } = plan(single(state).launches(1, [7], [4]), [1], { includeRunning: true }, [
        running,
      ]);
      expect(only(made).notes).toEqual([
        'launch 7 of 1 (fw1) is archived while it may still run on node-3 in /runs/7',
      ]);
      expect(after.fireworks.get(1)).toMatchObject({
        state: 'READY',
        launches: [],
        archivedLaunches: [4, 7],
      });
    },
  );

  it('and a pending reservation is named, so that its job can be cancelled', () => {
    const stateHistory = [{ state: 'RESERVED' as const, created_on: LONG_AGO, reservation_id: '4711' }];
    const reserved = launch(7, { state: 'RESERVED', stateHistory });
    const made = plan(single('RESERVED').launches(1, [7]), [1], { includeRunning: true }, [reserved]);
    expect(only(made).notes).toEqual(['launch 7 of 1 (fw1) is archived; cancel its job 4711 in the queue']);
  });

  it('a target whose parent is not done becomes WAITING', () => {
    expect(only(plan(workflow().chain(2).state(1, 'RUNNING').state(2, 'PAUSED'), [2])).to).toBe('WAITING');
  });

  it('a target that tolerates its FIZZLED parent becomes READY, and keeps the list of it', () => {
    const listed = [{ fw_id: 1 }];
    const builder = workflow().chain(2).state(1, 'FIZZLED').state(2, 'COMPLETED');
    builder.spec(2, { _allow_fizzled_parents: true, _fizzled_parents: listed });
    const { after } = plan(builder, [2]);
    expect(after.fireworks.get(2)).toMatchObject({ state: 'READY', spec: { _fizzled_parents: listed } });
  });

  it('a stale list of FIZZLED parents goes', () => {
    const builder = workflow().chain(2).state(1, 'COMPLETED').state(2, 'FIZZLED');
    builder.spec(2, { _allow_fizzled_parents: true, _fizzled_parents: [{ fw_id: 1 }] });
    expect(plan(builder, [2]).after.fireworks.get(2)?.spec).toEqual({
      _tasks: [],
      _allow_fizzled_parents: true,
    });
  });
});

describe('who is reset below', () => {
  it.each(['COMPLETED', 'FIZZLED', 'READY'] as const)('a descendant that is %s', (state) => {
    const builder = workflow().chain(3).allState('COMPLETED').state(3, state).launches(3, [9], [5]);
    const { after, ...made } = plan(builder, [1]);
    expect(only(made).descendants.map(({ fwId }) => fwId)).toEqual([2, 3]);
    expect(after.fireworks.get(3)).toMatchObject({
      state: 'WAITING',
      launches: [],
      archivedLaunches: [5, 9],
    });
  });

  it('nobody below one that is WAITING, as in FireWorks', () => {
    const builder = workflow().chain(3).state(1, 'FIZZLED').state(2, 'WAITING').state(3, 'COMPLETED');
    expect(only(plan(builder, [1])).descendants).toEqual([]);
  });

  it.each(['PAUSED', 'DEFUSED', 'ARCHIVED'] as const)(
    'one that is %s stays, and the walk goes on below it',
    (state) => {
      const builder = workflow().chain(3).allState('COMPLETED').state(2, state);
      const { after, ...made } = plan(builder, [1]);
      expect(only(made).descendants).toEqual([{ fwId: 3, name: 'fw3', from: 'COMPLETED', to: 'WAITING' }]);
      expect(after.fireworks.get(2)).toMatchObject({ state, updatedOn: LONG_AGO });
    },
  );

  it.each(['PAUSED', 'DEFUSED', 'ARCHIVED'] as const)('one that is %s too, with --reset-held', (state) => {
    const { after } = plan(workflow().chain(2).allState('COMPLETED').state(2, state), [1], {
      resetHeld: true,
    });
    expect(after.fireworks.get(2)?.state).toBe('WAITING');
  });

  it.each(['RUNNING', 'RESERVED'] as const)(
    'nobody when one of them is %s: the target is refused',
    (state) => {
      const made = plan(workflow().chain(3).allState('COMPLETED').state(3, state), [1]);
      const reason = `its descendant 3 (fw3) is ${state}; wait, cancel it, or add --include-running`;
      expect(only(made)).toMatchObject({ outcome: 'refused', reason });
      expect(made.patch.changes).toEqual([]);
    },
  );

  it('but a sibling that runs does not matter', () => {
    const made = plan(workflow().star(2).allState('COMPLETED').state(2, 'RUNNING').state(3, 'FIZZLED'), [3]);
    expect(only(made).outcome).toBe('rerun');
  });

  it('a target below another is reset with it, once', () => {
    const { outcomes } = plan(workflow().chain(3).allState('COMPLETED').launches(2, [8]), [3, 2, 1]);
    expect(outcomes.map(({ fwId, outcome, notes }) => [fwId, outcome, notes])).toEqual([
      [1, 'rerun', []],
      [2, 'rerun', ['reset with 1 (fw1)']],
      [3, 'rerun', ['reset with 1 (fw1)']],
    ]);
    expect(outcomes.map(({ archivedLaunches }) => archivedLaunches)).toEqual([[8], [], []]);
  });
});

describe('what changes in the spec', () => {
  const fizzled = (spec: Record<string, unknown> = {}): WorkflowBuilder =>
    workflow().node(1, { state: 'FIZZLED' }).launches(1, [3], [1, 2]).spec(1, spec);

  it('exception details of a FIZZLED Firework go', () => {
    expect(plan(fizzled({ _exception_details: {}, x: 1 }), [1]).after.fireworks.get(1)?.spec).toEqual({
      _tasks: [],
      x: 1,
    });
  });

  it('a plain rerun keeps recovery data, and says so', () => {
    const { after, ...made } = plan(fizzled({ _recovery: { _task_n: 2 } }), [1]);
    expect(after.fireworks.get(1)?.spec['_recovery']).toEqual({ _task_n: 2 });
    expect(only(made).notes[0]).toContain(
      'resumes at Firetask 2; --clear-recovery starts from the beginning',
    );
  });

  it('--clear-recovery drops it, with the directory that a recovery put there', () => {
    const recovery = { _task_n: 2, _mode: 'prev_dir', _prev_dir: '/runs/1' };
    const cleared = plan(fizzled({ _recovery: recovery, _launch_dir: '/runs/1' }), [1], {
      clearRecovery: true,
    });
    expect(cleared.after.fireworks.get(1)?.spec).toEqual({ _tasks: [] });
    const own = plan(fizzled({ _recovery: recovery, _launch_dir: '/own' }), [1], { clearRecovery: true });
    expect(own.after.fireworks.get(1)?.spec).toEqual({ _tasks: [], _launch_dir: '/own' });
  });

  it.each(['cp', 'prev_dir', null] as const)(
    '--task-level resumes from the last active launch, mode %s',
    (mode) => {
      const { after, ...made } = plan(fizzled(), [1], taskLevel(mode), [failed(3)]);
      const dir = '/runs/launcher_3';
      expect(after.fireworks.get(1)).toMatchObject({
        state: 'READY',
        launches: [],
        archivedLaunches: [1, 2, 3],
      });
      expect(after.fireworks.get(1)?.spec).toEqual({
        _tasks: [],
        _recovery: { ...CHECKPOINT, _prev_dir: dir, _launch_id: 3, _mode: mode },
        ...(mode === 'prev_dir' ? { _launch_dir: dir } : {}),
      });
      expect(only(made).notes[0]).toBe('resumes at Firetask 1 of launch 3');
    },
  );

  it('from a launch that is named, an archived one too', () => {
    const { after } = plan(fizzled(), [1], taskLevel(null, [[1, 2]]), [failed(2), failed(3)]);
    expect(after.fireworks.get(1)?.spec['_recovery']).toMatchObject({ _launch_id: 2 });
  });

  it('without an active launch from the latest archived one, also when it is WAITING', () => {
    const builder = workflow().chain(2).state(1, 'READY').state(2, 'WAITING').launches(2, [], [6, 9, 8]);
    const { after } = plan(builder, [2], taskLevel(), [failed(9)]);
    expect(after.fireworks.get(2)).toMatchObject({
      state: 'WAITING',
      spec: { _recovery: { _launch_id: 9 } },
    });
  });

  it.each([
    [
      'a launch of another Firework',
      fizzled(),
      taskLevel(null, [[1, 77]]),
      'launch 77 is no launch of Firework 1',
    ],
    [
      'no launch at all',
      workflow().node(1, { state: 'READY' }),
      taskLevel(),
      'was never launched, so there is no Firetask to resume at',
    ],
    ['a launch that is gone', fizzled(), taskLevel(null, [[1, 2]]), 'launch 2 is missing in the database'],
    [
      'a launch without a checkpoint',
      fizzled(),
      taskLevel(null, [[1, 1]]),
      'launch 1 has no checkpoint to resume from; rerun it without --task-level',
    ],
  ])('%s fails that target, and nothing of it is written', (_, builder, options, reason) => {
    const made = plan(builder, [1], options, [launch(1), failed(3)]);
    expect(only(made)).toMatchObject({ outcome: 'failed', reason });
    expect(made.patch.changes).toEqual([]);
  });
});

it('every state is either rerun or has a reason', () => {
  for (const state of STATES) {
    const { outcome, reason } = only(plan(workflow().node(1, { state }), [1]));
    expect([state, outcome === 'rerun' || reason !== undefined]).toEqual([state, true]);
  }
});

describe('a target that is not needed', () => {
  /** 1 and 2 are parents of 3, which is held; 4 is below it. */
  const shared = (): WorkflowBuilder =>
    workflow()
      .node(1, { state: 'COMPLETED' })
      .node(2, { state: 'COMPLETED' })
      .node(3, { state: 'DEFUSED' })
      .node(4, { state: 'COMPLETED' })
      .link(1, 3)
      .link(2, 3)
      .link(3, 4);

  it('keeps nothing from being reset by another target', () => {
    const view = shared().view();
    const run = { fwId: 1, name: 'fw', launchId: 1, startedOn: null, parameters: {}, recorded: true };
    const { outcomes, patch } = planRerun({
      view,
      targets: new Set([1, 2]),
      options: { includeRunning: false, resetHeld: false, clearRecovery: false },
      launches: new Map(),
      unneeded: new Map([[1, { kind: 'unchanged', run }]]),
      now: NOW,
    });
    expect(outcomes.map(({ fwId, outcome }) => [fwId, outcome])).toEqual([
      [1, 'skipped'],
      [2, 'rerun'],
    ]);
    const { fireworks } = applyPatch(view, patch);
    expect([1, 2, 3, 4].map((id) => fireworks.get(id)?.state)).toEqual([
      'COMPLETED',
      'READY',
      'DEFUSED',
      'WAITING',
    ]);
  });
});
