/** `lpad explain` of Fireworks in each state, on both stores. */
import { createLinks } from '../../src/domain/workflow-graph';
import { launch, LONG_AGO, LONG_AGO_DATE } from '../support/workflow-builder';
import { recoveryTools } from './recovery/recovery-world';
import { script } from './rocket/rocket-world';
import { describeUpkeep } from './upkeep/upkeep-world';

interface Explained {
  readonly state: string;
  readonly workflow: unknown;
  readonly why: readonly string[];
  readonly next: readonly string[];
  readonly attempts: readonly { readonly spec: unknown; readonly error: { readonly text: string } | null }[];
  readonly quarantine: Readonly<Record<string, unknown>> | null;
  readonly [key: string]: unknown;
}

const MEMORY = 'MemoryError: 17 GB';
const QUARANTINE = { rules: [{ name: 'bad input', match: {}, do: 'quarantine' }] };
const AGAIN = { canary: 0, rules: [{ name: 'again', match: {}, do: 'rerun' }] };

describeUpkeep('lpad explain', (world) => {
  /** 1 above 2 above 3, and 4 beside them. */
  async function add(spec = {}): Promise<void> {
    const fws = [1, 2, 3, 4].map((fwId) => script(fwId, ['true'], spec));
    await world().add({ name: 'w', fws, links: { 1: [2], 2: [3] } });
  }

  async function explain(fwId: number): Promise<Explained> {
    const { status, out, err } = await world().lpad('explain', '-i', String(fwId), '-o', 'json');
    expect([status, err]).toEqual([0, '']);
    return JSON.parse(out) as Explained;
  }

  it('tells what a WAITING one waits for, and who may take a READY one', async () => {
    await add({ _category: 'gpu' });
    expect(await explain(2)).toMatchObject({
      fw_id: 2,
      name: 'fw2',
      state: 'WAITING',
      workflow: { name: 'w', state: 'READY' },
      why: ['it waits for 1 (fw1), which is READY'],
      parents: [{ fw_id: 1, name: 'fw1', state: 'READY', satisfied: false }],
      attempts: [],
      quarantine: null,
      rerun: { outcome: 'skipped' },
      next: ['lpad explain -i 1'],
    });
    expect(await explain(1)).toMatchObject({
      state: 'READY',
      why: ['its parents are done, and only a rocket with the category gpu may take it'],
      next: ['rlaunch singleshot -f 1'],
    });
    const { out, err } = await world().lpad('explain', '-i', '1');
    expect(out).toContain('Firework 1 (fw1) of workflow w, which is READY\nREADY: its parents are done');
    expect(out).toContain('It was never launched.');
    expect(err).toBe('next: rlaunch singleshot -f 1\n');
  });

  it('tells since when a RUNNING one was not heard of, and that it is lost', async () => {
    await add();
    const { launchId, launchDir } = await world().checkout(1);
    const running = await explain(1);
    expect(running).toMatchObject({ state: 'RUNNING', next: ['lpad track_fws -i 1'] });
    expect(running.why[0]).toContain(`launch ${String(launchId)} runs on node-1 in ${launchDir} since `);
    expect(running.why).toHaveLength(2);
    await world().checkout(4, 5);
    const lost = await explain(4);
    expect(lost.why[2]).toBe('that is longer ago than 14400 s: the run is lost');
    expect(lost.next).toEqual([`lpad detect_lostruns --rerun -q '{"fw_id": 4}'`]);
  });

  it('names the job of a RESERVED one', async () => {
    await add();
    await world().reserve(1, '4711');
    const { state, why, next } = await explain(1);
    expect([state, next]).toEqual(['RESERVED', ['lpad get_qids -i 1', 'lpad cancel_qid --qid 4711']]);
    expect(why[0]).toMatch(/^it is reserved since .* UTC, and job 4711 of the queue is to run it$/);
  });

  it('shows the attempts of a COMPLETED one, with what differs between their specs', async () => {
    const { run } = recoveryTools(world());
    await add({ runs: 1 });
    await run(1, MEMORY);
    await world().lpad('rerun_fws', '-i', '1', '--set', 'runs=2');
    const { launchDir } = await run(1);
    expect(await explain(1)).toMatchObject({
      state: 'COMPLETED',
      why: [`launch 2 COMPLETED on node-1 in ${launchDir}`],
      attempts: [
        {
          launch_id: 1,
          archived: true,
          state: 'FIZZLED',
          error: { error: 'MemoryError: <n> GB' },
          spec: { runs: 1 },
        },
        { launch_id: 2, archived: false, state: 'COMPLETED', error: null, spec: { runs: 2 } },
      ],
      spec_now: { runs: 2 },
      quarantine: null,
      rerun: { outcome: 'rerun', to: 'READY' },
      next: ['lpad rerun_fws -i 1 --dry-run'],
    });
  });

  it('names the error of a FIZZLED one, and the command behind one that is held', async () => {
    const { run } = recoveryTools(world());
    await add();
    await run(1, MEMORY);
    const { why, next, attempts } = await explain(1);
    expect(why).toEqual([expect.stringMatching(/^launch 1 failed on node-1 in .*: MemoryError: <n> GB$/)]);
    expect(next[0]).toBe('lpad rerun_fws -i 1');
    expect(next[1]).toMatch(/^lpad failures --fingerprint [0-9a-f]{10}$/);
    expect(attempts[0]?.error?.text).toContain(MEMORY);
    await world().lpad('pause_fws', '-i', '4');
    await world().lpad('defuse_fws', '-i', '3');
    const paused = await explain(4);
    expect(paused.why[0]).toMatch(/ made it PAUSED at .* UTC: lpad .*pause_fws -i 4$/);
    expect(paused.next).toEqual(['lpad resume_fws -i 4', expect.stringMatching(/^lpad undo \d{8}T/)]);
    expect(paused['held_by']).toMatchObject({
      command_line: expect.stringMatching(/pause_fws -i 4$/) as string,
    });
    expect((await explain(3)).next[0]).toBe('lpad reignite_fws -i 3');
    await world().lpad('archive_wflows', '-i', '1', '--password', new Date().toLocaleDateString('sv'));
    const archived = await explain(2);
    expect([archived.state, archived.next]).toEqual([
      'ARCHIVED',
      [expect.stringMatching(/^lpad undo \d{8}T/)],
    ]);
  });

  it('says what it does not know of launches that nobody noted, and of those in no workflow', async () => {
    const { store } = world();
    const dates = { createdOn: LONG_AGO, updatedOn: LONG_AGO };
    const common = { spec: { _tasks: [] }, archivedLaunches: [], ...dates };
    const fireworks = [{ fwId: 1, name: 'old', state: 'FIZZLED' as const, launches: [7], ...common }];
    await store.addWorkflows([
      {
        name: 'w',
        metadata: {},
        links: createLinks([1], []),
        fireworks,
        state: 'FIZZLED',
        createdOn: LONG_AGO_DATE,
        updatedOn: LONG_AGO_DATE,
      },
    ]);
    // As Python's rocket leaves it: without a record.
    await store.insertLaunch(launch(7, { fwId: 1 }));
    const explained = await explain(1);
    expect(explained.attempts).toMatchObject([{ launch_id: 7, spec: null }]);
    const { out } = await world().lpad('explain', '-i', '1');
    expect(out).toContain('The spec with which launch 7 began is not known: only rockets of lpad note it.\n');
    expect(explained['spec_now']).toEqual({});
    const missing = await world().lpad('explain', '-i', '99');
    expect(missing).toMatchObject({ status: 1, out: '' });
    expect(missing.err).toContain('there is no Firework 99');
    expect(await world().lpad('explain')).toMatchObject({ status: 2 });
  });

  it('names the quarantine that is in force, and how to end it', async () => {
    const { run, night } = recoveryTools(world());
    await add();
    const { launchId } = await run(1, MEMORY);
    await night(QUARANTINE, '--key', 'monday');
    const { why, next, quarantine } = await explain(1);
    expect(why).toHaveLength(2);
    expect(why[1]).toMatch(
      /^it is quarantined since \d{4}-[-\d: ]+ UTC, by the rule bad input in the night monday: /,
    );
    expect(next.slice(0, 2)).toEqual(['lpad quarantine release -i 1', 'lpad rerun_fws -i 1']);
    expect(quarantine).toMatchObject({
      standing: 'in force',
      rule: 'bad input',
      night: 'monday',
      reason: 'the rule bad input quarantines it',
      launch_id: launchId,
      released_on: null,
      released_by: null,
    });
    const { out, err } = await world().lpad('explain', '-i', '1');
    expect(out).toContain('\n    it is quarantined since ');
    expect(err).toContain('next: lpad quarantine release -i 1\nnext: lpad rerun_fws -i 1\n');
    // Whoever reruns it ends it.
    await world().lpad('rerun_fws', '-i', '1');
    expect((await explain(1)).quarantine).toBeNull();
    await run(1, 'KeyError: x');
    expect(await explain(1)).toMatchObject({ quarantine: null, why: { length: 1 } });
  });

  it('names one that was released while it means something', async () => {
    const { run, night } = recoveryTools(world());
    await add();
    await run(1, MEMORY);
    await night(QUARANTINE, '--key', 'monday');
    await world().lpad('quarantine', 'release', '-i', '1');
    const released = await explain(1);
    expect(released.why[1]).toMatch(
      / released it from quarantine at .* UTC: recovery may try it again; it had been quarantined by the rule bad input in the night monday: /,
    );
    expect(released.next[0]).toBe('lpad rerun_fws -i 1');
    expect(released.quarantine).toMatchObject({
      standing: 'released',
      released_by: expect.any(String) as string,
    });
    expect((await night(AGAIN, '--key', 'tuesday')).steps).toEqual(['1 rerun rule']);
    expect((await explain(1)).quarantine).toBeNull();
    await run(1, MEMORY);
    const later = await explain(1);
    expect(later.why[1]).toMatch(/: for recovery the attempts up to launch 1 count no more$/);
    expect(later.quarantine).toMatchObject({ standing: 'released before' });
  });
});
