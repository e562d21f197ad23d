/** The report of the morning, on both stores. */
import type { ValueObject } from '../../../src/domain/model';
import { script } from '../rocket/rocket-world';
import { describeUpkeep } from '../upkeep/upkeep-world';
import { recoveryTools } from './recovery-world';

const MEMORY = 'MemoryError: 17 GB';
const MARKUP = 'ValueError: <script>alert("1 | 2")</script> & `more`';

const POLICY = {
  canary: 0,
  breaker: { failures: 0, rest: '24h' },
  rules: [
    { name: 'bad', match: { error: 'ValueError' }, do: 'quarantine' },
    { name: 'by hand', match: { error: 'KeyError' }, do: 'leave' },
    {
      name: 'memory',
      match: { error: 'MemoryError' },
      do: 'rerun',
      set: { '_queueadapter.mem': '64G' },
      max_attempts: 2,
    },
  ],
};

describeUpkeep('lpad report --last-recovery', (world) => {
  async function add(count: number): Promise<void> {
    for (let fwId = 1; fwId <= count; fwId += 1) await world().add(script(1, ['true']));
  }

  async function report(...argv: readonly string[]): Promise<ValueObject> {
    const { status, out, err } = await world().lpad('report', '-o', 'json', ...argv);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    return JSON.parse(out) as ValueObject;
  }

  /** Reruns of 1 to 6 that came to six different ends; 7, 8 and 9 were not rerun. */
  async function night(): Promise<void> {
    const { lpad, checkout } = world();
    const { run, runAll, night: recover } = recoveryTools(world());
    await add(9);
    await runAll([1, 2, 3, 4, 5, 6], MEMORY);
    await run(7, 'KeyError: x');
    await run(8, MARKUP);
    await run(9, 'OSError: gone');
    await recover(POLICY, '--key', 'one');
    await run(1);
    await run(2, 'MemoryError: 18 GB');
    await run(3, 'TypeError: news');
    await checkout(4);
    await lpad('pause_fws', '-i', '5');
  }

  it('says what was tried, why, and what came of it', async () => {
    await night();
    const told = await report('--last-recovery');
    expect(told).toMatchObject({
      night: 'one',
      calls: [{ status: 'done', journal_ids: [expect.any(String)] }],
      totals: {
        failures: 9,
        rerun: 6,
        hold: 0,
        quarantine: 1,
        leave: 2,
        kept: 0,
        ended: {
          completed: 1,
          running: 1,
          waiting: 1,
          'failed the same way': 1,
          'failed with another error': 1,
          stopped: 1,
        },
      },
    });
    const [memory] = told['errors'] as readonly ValueObject[];
    expect(memory).toMatchObject({
      error: 'MemoryError: <n> GB',
      failures: 6,
      tried: [
        {
          action: 'rerun',
          rule: 'memory',
          how: 'with spec._queueadapter.mem set to "64G"',
          fw_ids: [1, 2, 3, 4, 5, 6],
        },
      ],
      new_errors: [{ error: 'TypeError: news', fw_ids: [3] }],
    });
  });

  it('asks a person only about what has not changed since', async () => {
    const { lpad } = world();
    await night();
    const asked = async (): Promise<readonly unknown[]> => {
      const { decisions } = (await report('--last-recovery')) as { decisions: readonly ValueObject[] };
      return decisions.map(({ kind, fw_ids: ids }) => [kind, ids]);
    };
    expect(await asked()).toEqual([
      ['quarantined', [8]],
      ['no rule', [9]],
      ['left', [7]],
    ]);
    await lpad('rerun_fws', '-i', '7', '8');
    expect(await asked()).toEqual([['no rule', [9]]]);
  });

  it('has commands that do what they say', async () => {
    const { lpad, states } = world();
    await night();
    const { decisions } = (await report('--last-recovery')) as {
      decisions: readonly { readonly kind: string; readonly commands: readonly string[] }[];
    };
    for (const { commands } of decisions) {
      for (const command of commands) {
        const words = command.replace(' --set PATH=VALUE', '').split(' ').slice(1);
        const { status, err } = await lpad(...words);
        expect({ command, err: status === 0 ? '' : err }).toEqual({ command, err: '' });
      }
    }
    expect(await states(7, 8, 9)).toEqual(['DEFUSED', 'DEFUSED', 'DEFUSED']);
    const [undo] = (
      (await report('--last-recovery')) as { calls: readonly { journal_ids: readonly string[] }[] }
    ).calls;
    expect(await lpad('undo', undo?.journal_ids[0] ?? '')).toMatchObject({ status: 1 });
    // What has run since, or was changed, stays; the rest is as it was.
    expect(await states(1, 6)).toEqual(['COMPLETED', 'FIZZLED']);
    expect(await report('--night', 'one')).toMatchObject({ totals: { ended: { 'taken back': 1 } } });
  });

  it('counts each failure in the night that met it first', async () => {
    const { run, night: recover } = recoveryTools(world());
    await night();
    await recover(POLICY, '--key', 'two');
    await run(6, MEMORY);
    const { nights } = (await report('--last-recovery')) as { nights: readonly ValueObject[] };
    const counts = nights.map(({ night: key, failures, reruns, quarantined }) => ({
      key,
      failures: Object.values(failures as Record<string, number>).reduce((sum, one) => sum + one, 0),
      reruns: Object.values(reruns as Record<string, number>).reduce((sum, one) => sum + one, 0),
      quarantined,
    }));
    expect(counts).toEqual([
      { key: 'one', failures: 9, reruns: 6, quarantined: 1 },
      // 2 and 3 failed again.
      { key: 'two', failures: 2, reruns: 0, quarantined: 0 },
    ]);
    const short = (await report('--last-recovery', '--nights', '1')) as { nights: readonly ValueObject[] };
    expect(short.nights).toEqual(nights.slice(1));
    expect(await report('--last-recovery')).toMatchObject({ totals: { kept: 1, leave: 4 } });
  });

  it('asks about what is in quarantine once', async () => {
    const { run, night: recover } = recoveryTools(world());
    await add(2);
    await run(1, MARKUP);
    await run(2, 'KeyError: x');
    const again = { canary: 0, rules: [{ name: 'again', match: {}, do: 'leave' }] };
    await recover(again, '--key', 'one');
    await recover(POLICY, '--key', 'two');
    const { decisions } = (await report('--night', 'one')) as { decisions: readonly ValueObject[] };
    expect(decisions.map(({ kind, fw_ids: ids }) => [kind, ids])).toEqual([
      ['quarantined', [1]],
      ['left', [2]],
    ]);
  });

  it('keeps the quarantine of a night through later calls of it', async () => {
    const { run, night: recover } = recoveryTools(world());
    await add(1);
    await run(1, MARKUP);
    await recover(POLICY, '--key', 'one');
    await recover(POLICY, '--key', 'one');
    expect(await report('--last-recovery')).toMatchObject({ totals: { quarantine: 1, kept: 0 } });
    await recover(POLICY, '--key', 'two');
    expect(await report('--last-recovery')).toMatchObject({ totals: { quarantine: 0, kept: 1 } });
  });

  it('prints text, Markdown and a page, in which errors are text', async () => {
    const { lpad } = world();
    await night();
    const { out: text } = await lpad('report', '--last-recovery');
    expect(text).toContain('Recovery of one\n===============\n');
    expect(text).toContain(
      'rerun 1-6 by the rule memory, with spec._queueadapter.mem set to "64G": 1 completed, 1 running,',
    );
    expect(text).toContain('1 Firework in quarantine\n');
    expect(text).toContain('lpad quarantine release -i 8\n');
    const { out: markdown } = await lpad('report', '--last-recovery', '-o', 'markdown');
    expect(markdown).toContain('# Recovery of one\n');
    expect(markdown).toContain('\\<script\\>');
    expect(markdown).toContain('```sh\n# look\nlpad explain -i 8\n');
    const { out: page } = await lpad('report', '--last-recovery', '-o', 'html');
    const body = page.slice(page.indexOf('<body>'));
    expect(body).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<script|<img|<link|\bsrc=|\bhref=|@import|url\(/);
    expect(body.match(/<figure class="chart">/g)).toHaveLength(3);
    expect(body).toContain('<td style="--size: 0.50000"><span class="data">6</span>');
  });

  it('tells of a call that has not ended', async () => {
    const { store, lpad } = world();
    const { night: recover } = recoveryTools(world());
    await recover(POLICY, '--key', 'one');
    const [one] = await store.findNights({});
    const [call] = one?.calls ?? [];
    if (!one || !call) throw new Error('there is a night with a call');
    await store.putNight({ ...one, calls: [{ ...call, status: 'running', endedOn: null }] });
    const { out } = await lpad('report', '--last-recovery');
    expect(out).toMatch(
      /has not said that it ended. If it has died, this goes on where it was: lpad recover --policy .* --key one/,
    );
    expect(out).toContain('Nothing had failed.\n');
  });

  it('refuses what it does not have', async () => {
    const { lpad } = world();
    expect(await lpad('report', '--last-recovery')).toMatchObject({
      status: 1,
      err: expect.stringContaining('no recovery has been run on this database') as string,
    });
    await recoveryTools(world()).night(POLICY, '--key', 'one');
    const refusals: readonly (readonly [readonly string[], number, string])[] = [
      [['--night', 'two'], 1, 'there is no night two; the last ones are one'],
      [['--last-recovery', '--night', 'one'], 2, 'exclude each other'],
      [['--last-recovery', '-c', 'fws'], 2, 'exclude each other'],
      [['--last-recovery', '--nights', '0'], 2, 'no number of nights'],
      [['--nights', '3'], 2, '--nights needs --last-recovery or --night'],
      [['-o', 'html'], 2, '-o html is for --last-recovery and --night'],
    ];
    for (const [argv, status, message] of refusals) {
      const { err, ...result } = await lpad('report', ...argv);
      expect({ argv, status: result.status }).toEqual({ argv, status });
      expect(err).toContain(message);
    }
  });
});
