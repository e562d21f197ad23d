/** `_cache`: what has been computed before in the same namespace is not computed again (docs/rerunning.md, "Caching"). */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueObject } from '../../../src/domain/model';
import type { CacheEntry } from '../../../src/domain/cache-entry';
import { withCacheNamespace } from '../../../src/launchpad/cache/cache-namespace';
import { deleteWorkflows } from '../../../src/launchpad/remove/delete-workflows';
import { rerunFireworks } from '../../../src/launchpad/rerun/rerun-fireworks';
import { undoRun } from '../../../src/launchpad/journal/undo-run';
import { getUndoable } from '../../../src/launchpad/journal/list-runs';
import { createRunContext } from '../../../src/launchpad/run-context';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { rapidfire } from '../../../src/rocket/rapidfire';
import type { RocketOutcome } from '../../../src/rocket/rocket-options';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import {
  act,
  acting,
  containing,
  describeOnBothStores,
  NO_ACTION,
  WORKER,
  type RocketWorld,
} from './rocket-world';

const CACHED = { _cache: true };

/** In the namespace `ns`, unless the test says another. */
function inNamespace(
  fws: readonly ValueObject[],
  links: object = {},
  namespace: unknown = 'ns',
): ValueObject {
  return { name: 'w', fws, links, metadata: { cache_namespace: namespace } };
}

/** Counts its runs, and hands on how many there were. */
function counting(): { readonly runs: () => number; readonly own: readonly ReturnType<typeof act>[] } {
  let runs = 0;
  const task = act(({ spec }) => {
    runs += 1;
    return { stored_data: { run: runs }, update_spec: { energy: [spec['x'], runs] } };
  });
  return { runs: () => runs, own: [task] };
}

async function rerun(store: LaunchPadStore, ids: readonly number[], useCache: boolean): Promise<string> {
  const options = { includeRunning: false, resetHeld: false, clearRecovery: false, useCache };
  const context = createRunContext({ operation: 'rerun', commandLine: [] });
  await rerunFireworks(store, { ids, options, noDuplicates: false, dryRun: false }, context);
  return context.run;
}

async function entries(store: LaunchPadStore): Promise<readonly CacheEntry[]> {
  const found: CacheEntry[] = [];
  for await (const one of store.findCacheEntries({})) found.push(one);
  return found;
}

/** One Firework after the other, until none is READY; which launch each took its result from. */
async function launchAll(
  { launch }: RocketWorld,
  own: Parameters<RocketWorld['launch']>[1],
  from = 'r',
): Promise<readonly (number | undefined)[]> {
  const taken: (number | undefined)[] = [];
  for (let at = 0; at < 20; at += 1) {
    const outcome: RocketOutcome = await launch(`${from}${String(at)}`, own);
    if (outcome.kind === 'nothing') return taken;
    taken.push(outcome.cachedFrom);
  }
  throw new Error('there is always one more');
}

describeOnBothStores('the cache', (world) => {
  it('gives the result of an equal Firework to the next, which runs nothing and leaves no files', async () => {
    const { add, launch, firework, launchOf, folder, log } = world();
    const { own, runs } = counting();
    const two = inNamespace([acting(1, { ...CACHED, x: 1 }), acting(2)], { 1: [2] });
    await add(two);
    await launch('a', { own, fwId: 1 });
    await add(two);
    expect(await launch('b', { own, fwId: 3 })).toMatchObject({
      state: 'COMPLETED',
      saved: true,
      cachedFrom: 1,
    });
    expect(runs()).toBe(1);
    expect(readdirSync(join(folder, 'b'))).toEqual([]);
    expect(await firework(3)).toMatchObject({ state: 'COMPLETED', launches: [2], archived_launches: [] });
    expect(await launchOf(2)).toMatchObject({
      state: 'COMPLETED',
      launch_dir: join(folder, 'b'),
      action: { ...NO_ACTION, stored_data: { run: 1, _cached_from: 1 }, update_spec: { energy: [1, 1] } },
      state_history: [{ state: 'RUNNING' }, { state: 'COMPLETED' }],
    });
    expect(await firework(4)).toMatchObject({ state: 'READY', spec: { energy: [1, 1] } });
    expect(log).toContain(
      'INFO Firework 3 is not run: its result is that of launch 1 of Firework 1 in the namespace ns',
    );
  });

  it('asks for the same name, Firetasks and effective inputs, numbers by their value', async () => {
    const all = world();
    const { own, runs } = counting();
    const one = (changes: ValueObject, name = 'fw1'): ValueObject => {
      const _tasks = [{ _fw_name: 'Act' }];
      return { name, spec: { ...CACHED, _tasks, x: 1, deep: { a: [1, 2], b: null }, ...changes } };
    };
    const hits = [
      { _priority: 3, _launch_dir: '/nowhere', _fworker: 'w1' },
      { deep: { b: null, a: [1, 2] } },
    ];
    await all.add(inNamespace([one({})]));
    await launchAll(all, { own });
    for (const changes of hits) await all.add(inNamespace([one(changes)]));
    expect(await launchAll(all, { own }, 's')).toEqual([1, 1]);
    expect(runs()).toBe(1);
    const inputs = [{ x: '1' }, { x: true }, { y: 0 }, { _files_out: {} }, { _pass_job_info: true }];
    const tasks = [
      { _tasks: [{ _fw_name: 'Act', n: 1 }] },
      { _tasks: [{ _fw_name: 'Act' }, { _fw_name: 'Act' }] },
    ];
    for (const changes of [...inputs, ...tasks]) await all.add(inNamespace([one(changes)]));
    await all.add(inNamespace([one({}, 'other')]));
    expect(await launchAll(all, { own }, 't')).toEqual(Array(8).fill(undefined));
  });

  it('takes 1.0 for 1', async () => {
    const { launch, store } = world();
    const { own, runs } = counting();
    const options = { file: 'test.json', format: 'json', now: new Date() } as const;
    for (const [fwId, x] of [
      [1, '1'],
      [2, '1.0'],
    ] as const) {
      const text = `{"fw_id": 1, "name": "one", "spec": {"_cache": true, "x": ${x}, "_tasks": [{"_fw_name": "Act"}]}}`;
      const [draft] = parseWorkflowFile(text, options);
      if (!draft) throw new Error('no workflow');
      const id = await store.takeFireworkIds(1);
      expect(id).toBe(fwId);
      const named = withCacheNamespace(draft, 'ns');
      const fireworks = named.fireworks.map((one) => ({ ...one, fwId: id }));
      await store.addWorkflows([{ ...named, fireworks, links: new Map([[id, []]]) }]);
    }
    await launch('a', { own });
    expect(await launch('b', { own })).toMatchObject({ cachedFrom: 1 });
    expect(runs()).toBe(1);
  });

  it('looks at inputs as the parents have left them', async () => {
    const all = world();
    const { own, runs } = counting();
    const chain = (x: number): ValueObject => inNamespace([acting(1, { x }), acting(2, CACHED)], { 1: [2] });
    const hand = act(({ spec }) => ({ update_spec: { energy: spec['x'] } }));
    for (const x of [5, 5, 6]) await all.add(chain(x));
    for (const fwId of [1, 3, 5]) await all.launch(`p${String(fwId)}`, { own: [hand], fwId });
    expect(await launchAll(all, { own })).toEqual([undefined, 4, undefined]);
    expect(runs()).toBe(2);
  });

  it('stays in its namespace, and does nothing without one or without _cache: true', async () => {
    const all = world();
    const { own, runs } = counting();
    const one = acting(1, { ...CACHED, x: 1 });
    await all.add(inNamespace([one]));
    await all.add(inNamespace([one], {}, 'other'));
    await all.add(one);
    await all.add(inNamespace([one], {}, 7));
    await all.add(inNamespace([acting(1, { x: 1 })]));
    await all.add(inNamespace([acting(1, { x: 1, _cache: 'yes' })]));
    expect(await launchAll(all, { own })).toEqual(Array(6).fill(undefined));
    expect(runs()).toBe(6);
    expect((await entries(all.store)).map(({ namespace, fwId }) => [namespace, fwId])).toEqual([
      ['ns', 1],
      ['other', 2],
    ]);
    expect(all.log).toContainEqual(containing('has no metadata.cache_namespace'));
  });

  it('never gives the result of a FIZZLED run', async () => {
    const all = world();
    let fails = true;
    const own = [
      act(() => {
        if (fails) throw new Error('no');
        return {};
      }),
    ];
    for (let at = 0; at < 3; at += 1) await all.add(inNamespace([acting(1, CACHED)]));
    await all.launch('a', { own });
    expect(await entries(all.store)).toEqual([]);
    fails = false;
    expect(await launchAll(all, { own })).toEqual([undefined, 2]);
    expect(await all.states(1)).toMatchObject({ state: 'FIZZLED' });
  });

  it('runs a Firework that is rerun, whose result is then the one that counts', async () => {
    const all = world();
    const { own, runs } = counting();
    for (let at = 0; at < 2; at += 1) await all.add(inNamespace([acting(1, { ...CACHED, x: 1 })]));
    await launchAll(all, { own });
    expect(runs()).toBe(1);
    await rerun(all.store, [2], false);
    expect(await launchAll(all, { own }, 's')).toEqual([undefined]);
    expect(runs()).toBe(2);
    await all.add(inNamespace([acting(1, { ...CACHED, x: 1 })]));
    expect(await launchAll(all, { own }, 't')).toEqual([3]);
    expect(all.log).toContainEqual(
      containing('Firework 2 is run, and not taken from the cache: it was rerun'),
    );
  });

  it('allows a hit once when --use-cache says so, below the target, too', async () => {
    const all = world();
    const { own, runs } = counting();
    await all.add(inNamespace([acting(1, { ...CACHED, x: 1 }), acting(2, { ...CACHED, x: 2 })], { 1: [2] }));
    await launchAll(all, { own });
    await rerun(all.store, [1], true);
    expect((await all.firework(1))['spec']).toMatchObject({ _use_cache: 1 });
    expect(await launchAll(all, { own }, 's')).toEqual([1, 2]);
    expect(runs()).toBe(2);
    expect((await all.firework(1))['spec']).not.toHaveProperty('_use_cache');
    expect((await all.firework(2))['spec']).not.toHaveProperty('_use_cache');
    await rerun(all.store, [1], false);
    expect((await launchAll(all, { own }, 't'))[0]).toBeUndefined();
  });

  it('takes the mark of --use-cache back with undo, and with another rerun', async () => {
    const { add, store, launch, firework } = world();
    const { own } = counting();
    await add(inNamespace([acting(1, CACHED)]));
    await launch('a', { own });
    const before = await firework(1);
    const run = await rerun(store, [1], true);
    const { entries: journal } = await getUndoable(store, run);
    await undoRun(
      store,
      { entries: journal, dryRun: false },
      createRunContext({ operation: 'undo', commandLine: [] }),
    );
    expect(await firework(1)).toEqual(before);
    await rerun(store, [1], true);
    await rerun(store, [1], false);
    expect(await firework(1)).toMatchObject({ state: 'READY', spec: before['spec'] });
    expect(await launch('b', { own })).not.toHaveProperty('cachedFrom');
  });

  it('leaves out what the run added, when that is COMPLETED', async () => {
    const all = world();
    const own = [
      act(({ spec }) => (spec['leaf'] ? {} : { additions: { name: 'more', ...acting(-1, { leaf: 1 }) } })),
    ];
    await all.add(inNamespace([acting(1, CACHED)]));
    await all.launch('a', { own, fwId: 1 });
    await all.add(inNamespace([acting(1, CACHED)]));
    await all.launch('b', { own, fwId: 3 });
    expect(all.log).toContainEqual(containing('Firework 2, which it brought, is READY'));
    await launchAll(all, { own });
    await all.add(inNamespace([acting(1, CACHED)]));
    expect(await launchAll(all, { own }, 's')).toEqual([2]);
    expect(await all.states(5)).toEqual({ state: 'COMPLETED', fwStates: { 5: 'COMPLETED' } });
    expect((await all.launchOf(5))['action']).toMatchObject({
      additions: [],
      stored_data: { _cached_from: 2 },
    });
  });

  it('hands on what detours handed on, and does not make them again', async () => {
    const all = world();
    const detour = {
      name: 'd',
      fws: [acting(-1, { leaf: 1 }), acting(-2, { leaf: 2 })],
      links: { '-1': [-2] },
    };
    const seen: unknown[] = [];
    const own = [
      act(({ spec }) => {
        if (spec['leaf'] === 1) return { update_spec: { inner: true } };
        if (spec['leaf'] === 2) return { update_spec: { best: 7 }, mod_spec: { _push: { found: 'leaf' } } };
        if (spec['child']) return void seen.push([spec['best'], spec['found'], spec['inner']]);
        return { update_spec: { best: 1 }, mod_spec: { _push: { found: 'self' } }, detours: detour };
      }),
    ];
    const two = inNamespace([acting(1, CACHED), acting(2, { child: true })], { 1: [2] });
    await all.add(two);
    expect(await launchAll(all, { own })).toHaveLength(4);
    await all.add(two);
    expect(await launchAll(all, { own }, 's')).toEqual([1, undefined]);
    expect(seen).toEqual([
      [7, ['self', 'leaf'], undefined],
      [7, ['self', 'leaf'], undefined],
    ]);
    expect(await all.states(5)).toEqual({ state: 'COMPLETED', fwStates: { 5: 'COMPLETED', 6: 'COMPLETED' } });
  });

  it('runs when the launch is deleted, or its workflow archived', async () => {
    const all = world();
    const { own, runs } = counting();
    const one = inNamespace([acting(1, { ...CACHED, x: 1 })]);
    await all.add(one);
    await launchAll(all, { own });
    const memberships = await all.store.findMemberships([1]);
    const context = createRunContext({ operation: 'delete', commandLine: [] });
    await deleteWorkflows(all.store, { memberships, dryRun: false }, context);
    await all.add(one);
    expect(await launchAll(all, { own }, 's')).toEqual([undefined]);
    expect(runs()).toBe(2);
    expect(all.log).toContainEqual(containing('launch 1 of Firework 1 cannot be used: it was deleted'));
  });

  it('needs no launch directory', async () => {
    const { add, store, folder, logger } = world();
    const { own } = counting();
    for (let at = 0; at < 3; at += 1) await add(inNamespace([acting(1, CACHED)]));
    const surroundings = { store, worker: WORKER, registry: createFiretaskRegistry(own), logger, folder };
    const signal = new AbortController().signal;
    await rapidfire({ ...surroundings, signal, nlaunches: 0, sleepSecs: 0 });
    expect(readdirSync(folder).filter((name) => name.startsWith('launcher_'))).toHaveLength(1);
    expect(existsSync(folder)).toBe(true);
  });
});
