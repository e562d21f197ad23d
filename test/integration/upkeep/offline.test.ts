/** Recovery of offline runs: what is dated when, and what must not come back. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoTimestamp } from '../../../src/domain/timestamps';
import { launchOffline } from '../../../src/rocket/offline/offline-rocket';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { act, acting, NO_ACTION, script, WORKER } from '../rocket/rocket-world';
import { describeUpkeep, type UpkeepWorld } from './upkeep-world';

const CHAIN = { name: 'w', metadata: {}, fws: [script(1, ['true']), script(2, ['true'])], links: { 1: [2] } };
const HOUR = 3_600_000;

/** Reserved for a job that runs without the database; its directory. */
async function prepare({ store, add, reserve, launch }: UpkeepWorld, content: object): Promise<string> {
  await add(CHAIN);
  const launchId = await reserve(1, '4711');
  const now = isoTimestamp(new Date());
  const dates = { createdOn: now, updatedOn: now };
  await store.addOfflineRun({
    fwId: 1,
    launchId,
    name: 'fw1',
    ...dates,
    deprecated: false,
    completed: false,
  });
  const { launchDir } = await launch(launchId);
  writeFileSync(join(launchDir, 'FW_offline.json'), JSON.stringify({ launch_id: launchId, ...content }));
  return launchDir;
}

const ago = (hours: number): string => isoTimestamp(new Date(Date.now() - hours * HOUR));

describeUpkeep('recover_offline', (world) => {
  it('follows a run by its signs of life, and dates its end to when it was', async () => {
    const { lpad, states, launch, firework, store } = world();
    const [started, pinged, ended] = [ago(9), ago(5), ago(4)];
    const folder = await prepare(world(), { started_on: started });
    writeFileSync(join(folder, 'FW_ping.json'), JSON.stringify({ ping_time: pinged }));
    expect((await lpad('recover_offline', '-o', 'ids')).out).toBe('1\n');
    expect(await states(1, 2)).toEqual(['RUNNING', 'WAITING']);
    expect((await firework(1)).updatedOn).toBeInstanceOf(Date);
    expect((await launch(1)).stateHistory.at(-1)).toEqual({
      state: 'RUNNING',
      created_on: started,
      updated_on: pinged,
    });
    expect((await lpad('detect_lostruns', '-o', 'ids')).out).toBe('1\n');
    const done = { started_on: started, completed_on: ended, state: 'COMPLETED', fwaction: NO_ACTION };
    writeFileSync(join(folder, 'FW_offline.json'), JSON.stringify({ launch_id: 1, ...done }));
    expect((await lpad('recover_offline')).out).toBe('COMPLETED 1: launch 1\n');
    expect(await states(1, 2)).toEqual(['COMPLETED', 'READY']);
    const recovered = await launch(1);
    expect(recovered).toMatchObject({ timeStart: started, timeEnd: ended });
    expect(Math.round(recovered.runtimeSecs ?? 0)).toBe(5 * 3600);
    expect(await store.findOfflineRuns({ open: true })).toEqual([]);
    expect((await lpad('recover_offline')).err).toContain('0 job(s) recovered: []');
  });

  it('never brings back what was declared lost, or rerun', async () => {
    const { lpad, states, launch } = world();
    const folder = await prepare(world(), { started_on: ago(9) });
    writeFileSync(join(folder, 'FW_ping.json'), JSON.stringify({ ping_time: ago(8) }));
    await lpad('recover_offline');
    await lpad('detect_lostruns', '--rerun');
    expect(await states(1)).toEqual(['READY']);
    const done = { completed_on: ago(1), state: 'COMPLETED', fwaction: NO_ACTION };
    writeFileSync(
      join(folder, 'FW_offline.json'),
      JSON.stringify({ launch_id: 1, started_on: ago(9), ...done }),
    );
    expect((await lpad('recover_offline', '-o', 'json')).status).toBe(0);
    expect(await states(1, 2)).toEqual(['READY', 'WAITING']);
    expect(await launch(1)).toMatchObject({ state: 'FIZZLED', action: null });
  });

  it('fizzles with the reason what cannot be read, but not with -i, and not what is elsewhere', async () => {
    const { lpad, states, launch } = world();
    const folder = await prepare(world(), {});
    writeFileSync(join(folder, 'FW_offline.json'), '{"started_on": 3');
    const ignored = await lpad('recover_offline', '-i', '-pe');
    expect(ignored.status).toBe(0);
    expect(ignored.err).toContain('FAILED to recover offline fw_ids: [1]');
    expect(ignored.err).toContain('Traceback (most recent call last):');
    expect(await states(1)).toEqual(['RESERVED']);
    rmSync(folder, { recursive: true });
    expect(await lpad('recover_offline')).toMatchObject({ status: 1, out: 'elsewhere 1: launch 1\n' });
    expect(await states(1)).toEqual(['RESERVED']);
    mkdirSync(folder);
    expect((await lpad('recover_offline')).err).toContain('there is no');
    expect(await states(1)).toEqual(['FIZZLED']);
    expect(JSON.stringify((await launch(1)).action)).toContain('FW_offline.json');
  });

  it('is not disturbed by a second rocket in the same directory', async () => {
    const { folder, add } = world();
    await add(acting(1));
    const launchDir = join(folder, 'offline');
    mkdirSync(launchDir);
    writeFileSync(join(launchDir, 'FW.json'), JSON.stringify({ ...acting(1), fw_id: 1 }));
    writeFileSync(join(launchDir, 'FW_offline.json'), JSON.stringify({ launch_id: 1 }));
    let release: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (release = resolve));
    const note = (): void => undefined;
    const options = {
      worker: WORKER,
      registry: createFiretaskRegistry([act(() => running)]),
      launchDir,
      logger: { debug: note, info: note, warn: note, error: note },
      signal: new AbortController().signal,
    };
    const first = launchOffline(options);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await launchOffline(options)).toMatchObject({ kind: 'taken' });
    release();
    expect(await first).toEqual({ kind: 'ran', fwId: 1, state: 'COMPLETED' });
  });
});
