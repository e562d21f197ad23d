/** The library as a program uses it; docs/library.md shows, and holds, the rest. */
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
