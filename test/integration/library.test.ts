/** The library as a program uses it; docs/library.md shows, and holds, the rest. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  defineFiretask,
  Firework,
  FiretaskSpec,
  FWAction,
  LaunchPad,
  launchRocket,
  rapidfire,
  ScriptTask,
  Workflow,
} from '../../src/index';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
let launchpad: LaunchPad;

beforeEach(async () => {
  launchpad = await LaunchPad.open({ uri: join(folder, `db-${String(Math.random()).slice(2)}`) });
});
afterEach(() => launchpad.close());

function task(script = 'true'): FiretaskSpec {
  return ScriptTask.fromString(script);
}

describe('workflows', () => {
  it('have the order of parents and links', async () => {
    const [one, two, three] = [new Firework(task()), new Firework(task()), new Firework(task())];
    const last = new Firework(task(), { parents: [one, two] });
    const links = new Map([[one, [two, three]]]);
    const ids = await launchpad.addWorkflow(new Workflow([one, two, three, last], { links }));
    expect(ids.size).toBe(4);
    for await (const { links: stored } of launchpad.findWorkflows({ members: [last.fwId] })) {
      expect(new Set(stored.get(one.fwId))).toEqual(new Set([two.fwId, three.fwId, last.fwId]));
      expect(stored.get(two.fwId)).toEqual([last.fwId]);
    }
    expect(await launchpad.getFirework(last.fwId)).toMatchObject({ state: 'WAITING' });
  });

  it('have a cache namespace, which a function of them names once', async () => {
    const spec = { _cache: true };
    const seen: string[] = [];
    const cacheNamespace = ({ name = '' }: Workflow): string => {
      seen.push(name);
      return `${name} 2026`;
    };
    const make = (name: string): Workflow => new Workflow([new Firework(task(), { spec })], { name });
    await launchpad.addWorkflows([make('a'), make('b')], { cacheNamespace });
    await launchpad.addWorkflow(make('c'), { cacheNamespace: 'mine' });
    expect(seen).toEqual(['a', 'b']);
    const found: unknown[] = [];
    for await (const { metadata } of launchpad.findWorkflows({})) found.push(metadata);
    expect(found).toEqual(['a 2026', 'b 2026', 'mine'].map((one) => ({ cache_namespace: one })));
    const wrong = launchpad.addWorkflow(make('d'), { cacheNamespace: () => '' });
    await expect(wrong).rejects.toMatchObject({ code: 'BAD_WORKFLOW' });
  });

  it('with a parent that is not among them are refused, and nothing is added', async () => {
    const stranger = new Firework(task());
    const orphan = new Firework(task(), { parents: stranger });
    await expect(
      launchpad.addWorkflows([new Firework(task()), new Workflow([orphan])]),
    ).rejects.toMatchObject({
      code: 'BAD_WORKFLOW',
    });
    const found: number[] = [];
    for await (const { fwId } of launchpad.findFireworks({})) found.push(fwId);
    expect(found).toEqual([]);
  });
});

describe('a rerun', () => {
  it('of everything must be meant', async () => {
    await expect(launchpad.rerunFireworks({})).rejects.toMatchObject({ code: 'BAD_SELECTOR' });
  });

  it('tells of ids that are not there', async () => {
    const report = await launchpad.rerunFireworks({ ids: [7] });
    expect(report.targets).toMatchObject([{ fwId: 7, outcome: 'failed' }]);
  });

  it('is taken back once', async () => {
    const firework = new Firework(task('exit 3'));
    await launchpad.addWorkflow(firework);
    await rapidfire(launchpad, { folder, logger: silent });
    const before = await launchpad.getFirework(firework.fwId);
    expect(before.state).toBe('FIZZLED');
    await launchpad.rerunFireworks({ ids: [firework.fwId] });
    expect(await launchpad.getFirework(firework.fwId)).toMatchObject({ state: 'READY', launches: [] });
    await launchpad.undo();
    expect(await launchpad.getFirework(firework.fwId)).toEqual(before);
    await expect(launchpad.undo()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await launchpad.journal()).toMatchObject([
      { operation: 'undo' },
      { operation: 'rerun', status: 'undone' },
    ]);
  });
});

describe('a recovery', () => {
  const RULES = [{ name: 'again', match: {}, do: 'rerun' }];

  async function fail(): Promise<number> {
    const firework = new Firework(task('echo "no input" >&2; exit 3'), { name: 'failing' });
    await launchpad.addWorkflow(firework);
    await rapidfire(launchpad, { folder, logger: silent });
    return firework.fwId;
  }

  it('takes its policy as a file, a text or an object, and is taken back', async () => {
    const fwId = await fail();
    const file = join(folder, 'recovery.json');
    writeFileSync(file, JSON.stringify({ canary: 0, rules: RULES }));
    const text = 'canary: 0\nrules:\n  - {name: again, match: {}, do: rerun}\n';
    for (const policy of [file, { text }, { canary: 0, rules: RULES }]) {
      const looked = await launchpad.recover(policy, { dryRun: true });
      expect(looked).toMatchObject({
        dryRun: true,
        status: 'done',
        lost: { launches: 0, fwIds: [], failed: [] },
        steps: [{ fwId, name: 'failing', rule: 'again', action: 'rerun', status: 'decided' }],
        journalIds: [],
        warnings: [],
      });
      expect(looked.lost).not.toHaveProperty('assumed');
    }
    expect(await launchpad.getFirework(fwId)).toMatchObject({ state: 'FIZZLED' });
    const { steps, journalIds } = await launchpad.recover({ canary: 0, rules: RULES }, { key: 'one' });
    expect(steps).toMatchObject([{ night: 'one', status: 'done', to: 'READY' }]);
    expect(await launchpad.getFirework(fwId)).toMatchObject({ state: 'READY' });
    await launchpad.undo(journalIds[0]);
    expect(await launchpad.getFirework(fwId)).toMatchObject({ state: 'FIZZLED' });
  });

  it('refuses what is no policy and no key, with nothing done', async () => {
    const wrong = [
      { rules: [] },
      { rules: [{ name: 'a', match: {}, do: 'rerun', tries: 3 }] },
      { text: 'rules: 3' },
      join(folder, 'nowhere.yaml'),
    ];
    for (const policy of wrong)
      await expect(launchpad.recover(policy)).rejects.toMatchObject({ code: 'BAD_POLICY' });
    const named = launchpad.recover({ rules: RULES }, { key: 'a b' });
    await expect(named).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('is told by failures, explain and quarantined, and released', async () => {
    const fwId = await fail();
    expect(await launchpad.failures()).toMatchObject([{ count: 1, names: [{ value: 'failing' }] }]);
    expect(await launchpad.failures({ where: { name: 'other' } })).toEqual([]);
    const policy = { rules: [{ name: 'bad', match: {}, do: 'quarantine' }] };
    await launchpad.recover(policy, { key: 'one' });
    expect(await launchpad.quarantined()).toMatchObject([{ fwId, rule: 'bad', night: 'one' }]);
    expect(await launchpad.explain(fwId)).toMatchObject({
      attempts: [{ launch: { state: 'FIZZLED' } }],
      quarantine: { standing: 'in force' },
    });
    await expect(launchpad.releaseQuarantined({})).rejects.toMatchObject({ code: 'BAD_SELECTOR' });
    const released = await launchpad.releaseQuarantined({ ids: [fwId] }, { dryRun: true });
    expect(released).toMatchObject([{ fwId }]);
    expect(await launchpad.quarantined()).toHaveLength(1);
    await launchpad.releaseQuarantined({ ids: [fwId] });
    expect(await launchpad.quarantined({ ids: [fwId] })).toEqual([]);
    await expect(launchpad.explain(99)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('a Firework that is not there is NOT_FOUND', () =>
  expect(launchpad.getFirework(99)).rejects.toMatchObject({ code: 'NOT_FOUND' }));

it('a Firetask of the program changes its children, one launch at a time', async () => {
  const hand = defineFiretask({ name: 'Hand', run: () => new FWAction({ update_spec: { n: 5 } }) });
  const parent = new Firework(new FiretaskSpec('Hand'));
  const child = new Firework(task(), { parents: parent });
  await launchpad.addWorkflow(new Workflow([parent, child]));
  const options = { folder, logger: silent, firetasks: [hand] };
  expect(await launchRocket(launchpad, options)).toMatchObject({ fwId: parent.fwId, state: 'COMPLETED' });
  expect((await launchpad.getFirework(child.fwId)).spec['n']).toEqual(5);
  expect(await launchRocket(launchpad, options)).toMatchObject({ fwId: child.fwId });
  expect(await launchRocket(launchpad, options)).toEqual({ kind: 'nothing' });
});

it('an action holds Fireworks and Workflows as they stand in files', () => {
  const more = new Firework(task(), { name: 'more' });
  const { detours, additions } = new FWAction({ detours: more, additions: [new Workflow([more])] });
  expect(detours).toEqual([more.toDict()]);
  expect(additions).toMatchObject([{ fws: [{ name: 'more' }], links: {} }]);
});

describe('what commands do', () => {
  async function addChain(): Promise<readonly Firework[]> {
    const one = new Firework(task(), { name: 'one' });
    const two = new Firework(task(), { name: 'two', parents: one });
    await launchpad.addWorkflow(new Workflow([one, two], { name: 'chain' }));
    return [one, two];
  }

  async function states(...fireworks: readonly Firework[]): Promise<readonly string[]> {
    return Promise.all(fireworks.map(async ({ fwId }) => (await launchpad.getFirework(fwId)).state));
  }

  it.each([
    ['pauseFireworks', 'resumeFireworks', 'PAUSED'],
    ['defuseFireworks', 'reigniteFireworks', 'DEFUSED'],
  ] as const)('%s and %s are of Fireworks that are selected', async (there, back, state) => {
    const [one, two] = await addChain();
    if (!one || !two) throw new Error('no chain');
    expect((await launchpad[there]({ ids: [two.fwId] }, { dryRun: true })).counts.changed).toBe(1);
    expect(await states(one, two)).toEqual(['READY', 'WAITING']);
    const { journalId = '', targets } = await launchpad[there]({ ids: [two.fwId, 99] });
    expect(targets).toMatchObject([{ to: state }, { fwId: 99, outcome: 'failed' }]);
    await launchpad[back]({ where: { state } });
    expect(await states(one, two)).toEqual(['READY', 'WAITING']);
    expect(await launchpad.journal()).toMatchObject([{}, { run: journalId, status: 'done' }]);
    await expect(launchpad[there]({})).rejects.toMatchObject({ code: 'BAD_SELECTOR' });
  });

  it.each([
    ['pauseWorkflows', 'resumeWorkflows', ['PAUSED', 'PAUSED']],
    ['defuseWorkflows', 'reigniteWorkflows', ['DEFUSED', 'DEFUSED']],
    ['archiveWorkflows', undefined, ['ARCHIVED', 'ARCHIVED']],
  ] as const)('%s and %s are of whole workflows', async (there, back, expected) => {
    const chain = await addChain();
    const [one] = chain;
    const selection = { members: [one?.fwId ?? 0] };
    const { journalId } = await launchpad[there](selection);
    expect(await states(...chain)).toEqual(expected);
    if (back) await launchpad[back](selection);
    else await launchpad.undo(journalId);
    expect(await states(...chain)).toEqual(['READY', 'WAITING']);
    await expect(launchpad[there]({})).rejects.toMatchObject({ code: 'BAD_SELECTOR' });
  });

  it('updates specs, sets priorities, and takes both back', async () => {
    const [one] = await addChain();
    const ids = [one?.fwId ?? 0];
    const before = await launchpad.getFirework(ids[0] ?? 0);
    await launchpad.updateFireworks({ ids }, { 'settings.cutoff': 600 });
    await launchpad.updateFireworks({ ids }, { $inc: { 'spec.settings.cutoff': 1 } }, { mongo: true });
    await launchpad.setPriority({ ids }, 5);
    expect((await launchpad.getFirework(ids[0] ?? 0)).spec).toMatchObject({
      settings: { cutoff: 601 },
      _priority: 5,
    });
    for (let at = 0; at < 3; at += 1) await launchpad.undo();
    expect(await launchpad.getFirework(ids[0] ?? 0)).toEqual(before);
    await expect(launchpad.updateFireworks({ ids }, {})).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('appends below Fireworks, and deletes what comes back with an undo', async () => {
    const chain = await addChain();
    const more = new Firework(task(), { name: 'more' });
    const dry = await launchpad.appendWorkflow(more, [chain[0]?.fwId ?? 0], { detour: true, dryRun: true });
    expect(dry.fireworks).toMatchObject([{ fwId: undefined, name: 'more' }]);
    expect(more.fwId).toBeLessThan(0);
    await launchpad.appendWorkflow(more, [chain[0]?.fwId ?? 0], { detour: true });
    expect(await states(more)).toEqual(['WAITING']);
    await rapidfire(launchpad, { folder, logger: silent });
    expect(await states(...chain, more)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    const { workflows, journalId } = await launchpad.deleteWorkflows({ members: [more.fwId, 99] });
    expect(workflows).toMatchObject([
      {
        outcome: 'deleted',
        fwIds: [1, 2, 3],
        launchDirs: [expect.anything(), expect.anything(), expect.anything()],
      },
      { fwId: 99, outcome: 'failed' },
    ]);
    await expect(launchpad.getFirework(more.fwId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await launchpad.undo(journalId);
    expect(await states(...chain, more)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
  });

  it('exports to lines and imports them, beside or elsewhere', async () => {
    const chain = await addChain();
    await rapidfire(launchpad, { folder, logger: silent });
    const lines: string[] = [];
    const { counts } = await launchpad.exportDocuments({ write: (line) => void lines.push(line) });
    expect(counts).toMatchObject({ workflows: 1, fireworks: 2, launches: 2 });
    const again = launchpad.importDocuments({ lines: () => lines });
    await expect(again).rejects.toMatchObject({ code: 'ALREADY_THERE' });
    const { newIds, journalId } = await launchpad.importDocuments({ lines: () => lines, ids: 'new' });
    expect([...(newIds?.fireworks.values() ?? [])]).toEqual([3, 4]);
    const { fireworks } = await launchpad.undo(journalId);
    expect(fireworks).toMatchObject([
      { fwId: 3, outcome: 'restored' },
      { fwId: 4, outcome: 'restored' },
    ]);
    await expect(launchpad.getFirework(3)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const elsewhere = await LaunchPad.open({ uri: join(folder, 'elsewhere') });
    await elsewhere.importDocuments({ lines: () => lines });
    for (const { fwId } of chain)
      expect(await elsewhere.getFirework(fwId)).toEqual(await launchpad.getFirework(fwId));
    await elsewhere.close();
  });

  it('finds lost runs and ends them', async () => {
    const [one] = await addChain();
    await rapidfire(launchpad, { folder, logger: silent });
    expect(await launchpad.detectLostRuns({ expirationSecs: 0 })).toMatchObject({
      launchIds: [],
      fizzled: [],
    });
    await launchpad.rerunFireworks({ ids: [one?.fwId ?? 0] });
    const stuck = defineFiretask({
      name: 'ScriptTask2',
      run: async () => {
        const found = await launchpad.detectLostRuns({ expirationSecs: 0, dryRun: true });
        expect(found.fwIds).toEqual([3]);
        await launchpad.detectLostRuns({ expirationSecs: 0, fix: 'fizzle' });
      },
    });
    const lost = new Firework(new FiretaskSpec('ScriptTask2'));
    await launchpad.addWorkflow(lost);
    const outcome = await launchRocket(launchpad, {
      fwId: lost.fwId,
      folder,
      logger: silent,
      firetasks: [stuck],
    });
    expect(outcome).toMatchObject({ saved: false });
    expect(await states(lost)).toEqual(['FIZZLED']);
  });
});
