import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NO_ACTION, act, acting, containing, describeOnBothStores, script } from './rocket-world';

const CHAIN = { name: 'w', metadata: {}, links: { 1: [2] } };

describeOnBothStores('the action of a Firework', (world) => {
  it('takes the action of a Firetask from FWAction.json once, with the types of its numbers', async () => {
    const { add, launch, launchOf, folder } = world();
    const action = JSON.stringify({ ...NO_ACTION, stored_data: { energy: -1 } }).replace('-1', '-1.0');
    await add(script(1, [`printf '%s' '${action}' > FWAction.json`, 'true']));
    await launch('a');
    const stored = (await launchOf(1))['action'] as { stored_data: Record<string, unknown> };
    expect(stored.stored_data['energy']).toMatchObject({ value: -1 });
    expect(stored.stored_data['returncode']).toBe(0);
    expect(existsSync(join(folder, 'a', 'FWAction.task-0.json'))).toBe(true);
  });

  it('applies an action to the children, and shows it to the Firetasks that follow', async () => {
    const { add, launch, firework } = world();
    const seen: unknown[] = [];
    const fws = [
      { fw_id: 1, spec: { runs: [1], _tasks: [{ _fw_name: 'Act' }, { _fw_name: 'Act' }] } },
      { fw_id: 2, spec: { runs: [7], _tasks: [{ _fw_name: 'Act' }] } },
    ];
    await add({ ...CHAIN, fws });
    const own = [
      act(({ spec }) => {
        seen.push([spec['runs'], spec['n']]);
        return { update_spec: { n: 5 }, mod_spec: { _push: { runs: 2 } } };
      }),
    ];
    await launch('a', { own });
    expect(seen).toEqual([
      [[1], undefined],
      [[1, 2], 5],
    ]);
    expect((await firework(2))['spec']).toEqual({ runs: [7, 2, 2], _tasks: [{ _fw_name: 'Act' }], n: 5 });
  });

  it('fizzles when its action cannot be applied, and says why', async () => {
    const { add, launch, launchOf, states } = world();
    await add({ ...CHAIN, fws: [acting(1), acting(2, { runs: 'text' })] });
    await launch('a', { own: [act(() => ({ stored_data: { a: 1 }, mod_spec: [{ _push: { runs: 2 } }] }))] });
    expect((await launchOf(1))['action']).toMatchObject({
      exit: true,
      stored_data: {
        _task: null,
        _exception: {
          _stacktrace: containing('ActionError: Keyword runs does not refer to an array.'),
        },
      },
    });
    expect(await states(1)).toEqual({ state: 'FIZZLED', fwStates: { 1: 'FIZZLED', 2: 'WAITING' } });
  });

  it('runs a child that allows it after a failure, and tells it of the parents', async () => {
    const { add, launch, firework, states } = world();
    await add({
      ...CHAIN,
      fws: [script(1, ['exit 1']), script(2, ['true'], { _allow_fizzled_parents: true })],
    });
    await launch('a');
    const child = await firework(2);
    expect(child).toMatchObject({
      state: 'READY',
      spec: {
        _fizzled_parents: [
          { fw_id: 1, name: 'fw1', state: 'FIZZLED', launches: [{ launch_id: 1, state: 'FIZZLED' }] },
        ],
      },
    });
    expect(await launch('b')).toMatchObject({ fwId: 2, state: 'COMPLETED', saved: true });
    expect(await states(1)).toEqual({ state: 'COMPLETED', fwStates: { 1: 'FIZZLED', 2: 'COMPLETED' } });
  });

  it('defuses children and workflow', async () => {
    const { add, launch, states } = world();
    await add({ name: 'w', metadata: {}, links: { 1: [2], 3: [] }, fws: [acting(1), acting(2), acting(3)] });
    await launch('a', { own: [act(() => ({ defuse_workflow: true }))] });
    expect(await states(1)).toEqual({
      state: 'DEFUSED',
      fwStates: { 1: 'COMPLETED', 2: 'DEFUSED', 3: 'DEFUSED' },
    });
  });

  it('hands files and its story to the children', async () => {
    const { add, launch, firework, folder } = world();
    const parent = script(1, ['touch out.1 out.2'], {
      _files_out: { result: 'out.*' },
      _pass_job_info: true,
      _preserve_fworker: true,
    });
    await add({ ...CHAIN, fws: [parent, script(2, ['true'], { _files_in: { result: 'in' } })] });
    await launch('a');
    const launchDir = join(folder, 'a');
    expect((await firework(2))['spec']).toMatchObject({
      _fworker: 'w1',
      _job_info: [{ fw_id: 1, name: 'fw1', launch_dir: launchDir, state: 'RUNNING' }],
      _files_prev: { result: join(launchDir, 'out.2') },
    });
    await launch('b');
    expect(existsSync(join(folder, 'b', 'in'))).toBe(true);
  });
});
