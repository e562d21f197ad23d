/** `lpad journal --prune` and nights of recovery, on both stores. */
import type { Night } from '../../../src/domain/recovery/night';
import { script } from '../rocket/rocket-world';
import { describeUpkeep } from '../upkeep/upkeep-world';
import { recoveryTools } from './recovery-world';

const QUARANTINE = { rules: [{ name: 'bad', match: {}, do: 'quarantine' }] };

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * 86_400_000);
}

describeUpkeep('lpad journal --prune', (world) => {
  /** A night that really was, as if it had been so many days ago; its last call another number of days. */
  async function night(key: string, began: number, lastCalled = began): Promise<void> {
    const { store } = world();
    await recoveryTools(world()).night(QUARANTINE, '--key', key);
    const [made] = await store.findNights({ key });
    if (!made) throw new Error('the night was');
    const [call] = made.calls;
    if (!call) throw new Error('it was called');
    const calls = [...new Set([began, lastCalled])].map((days) => ({ ...call, startedOn: daysAgo(days) }));
    const aged: Night = { ...made, startedOn: daysAgo(began), calls };
    await store.putNight(aged);
  }

  async function keys(): Promise<readonly string[]> {
    return (await world().store.findNights({})).map(({ key }) => key);
  }

  async function stepsOf(key: string): Promise<number> {
    let count = 0;
    for await (const step of world().store.findSteps({ night: key })) count += step.fwId > 0 ? 1 : 0;
    return count;
  }

  beforeEach(async () => {
    await world().add(script(1, ['true']));
    await recoveryTools(world()).run(1, 'MemoryError: 17 GB');
  });

  it('forgets nights that are older than its limit, but what recovery looks back for and the latest', async () => {
    const { lpad, store } = world();
    await night('old', 100);
    await night('older', 200);
    await night('long', 300, 20);
    await night('month', 29);
    await night('last', 28);
    const looked = await lpad('journal', '--prune', '--older_than', '1d', '--dry-run');
    expect(looked.out).toBe('would forget the night old\nwould forget the night older\n');
    expect(looked.err).toContain(
      '0 commands and 2 nights of recovery would be forgotten. Nothing was written.',
    );
    expect(await keys()).toHaveLength(5);
    expect(await lpad('journal', '--prune', '--older_than', '150d', '--yes')).toMatchObject({
      status: 0,
      out: 'forgotten the night older\n',
    });
    const done = await lpad('journal', '--prune', '--older_than', '1d', '--yes', '-o', 'json');
    expect(JSON.parse(done.out)).toMatchObject({ dry_run: false, pruned: [], nights: [{ night: 'old' }] });
    expect(await keys()).toEqual(['last', 'month', 'long']);
    expect([await stepsOf('old'), await stepsOf('long')]).toEqual([0, 1]);
    const quarantined: string[] = [];
    for await (const { night: key } of store.findQuarantines()) quarantined.push(key);
    expect(quarantined).toEqual(['old']);
    expect((await lpad('quarantine', 'list', '-o', 'ids')).out).toBe('1\n');
    expect((await lpad('explain', '-i', '1')).out).toContain('in the night old: ');
  });

  it('keeps the latest night however old it is, and those that are younger than a command that stays', async () => {
    const { lpad } = world();
    await night('old', 100);
    await night('last', 90);
    expect(await lpad('journal', '--prune', '--keep', '1', '--yes')).toMatchObject({ status: 0, out: '' });
    await lpad('rerun_fws', '-i', '1');
    const pruned = await lpad('journal', '--prune', '--keep', '1', '--yes');
    expect(pruned).toMatchObject({ status: 0, out: 'forgotten the night old\n' });
    expect(await keys()).toEqual(['last']);
    expect(await lpad('journal', '--prune', '--keep', '0')).toMatchObject({ status: 4 });
    expect(await lpad('journal', '--prune', '--keep', '0', '--yes')).toMatchObject({ status: 0 });
    expect(await keys()).toEqual(['last']);
  });
});
