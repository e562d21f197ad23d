/** Nights over what Python's rockets left, where Python's lpad reruns, too. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { freshDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

interface Step {
  readonly fw_id: number;
  readonly action: string;
  readonly attempts: number;
  readonly reason: string;
}

describeWithPeer('lpad recover beside Python', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();
  let file = '';

  afterAll(() => database.drop());

  async function ours(
    ...argv: readonly string[]
  ): Promise<{ readonly status: number; readonly out: string }> {
    const { io, out } = fakeIo('', { cwd: folder, now: () => new Date() });
    const status = await main(['-l', file, ...argv], io);
    return { status, out: out() };
  }

  async function python(...argv: readonly string[]): Promise<void> {
    expect(await peerLpad(file, ...argv)).toMatchObject({ code: 0 });
  }

  it('counts the reruns of Python, and a rerun of Python ends a quarantine', async () => {
    file = writeLaunchpadFile(folder, database);
    const fws = [1, 2, 3].map((fw_id) => ({
      fw_id,
      name: `fw${String(fw_id)}`,
      spec: { _tasks: [{ _fw_name: 'ScriptTask', script: fw_id === 3 ? 'true' : 'exit 3' }] },
    }));
    writeFileSync(join(folder, 'w.json'), JSON.stringify({ fws, links: {}, metadata: {} }));
    const policy = { canary: 0, rules: [{ name: 'again', match: { error: 'Return code' }, do: 'rerun' }] };
    writeFileSync(join(folder, 'recovery.json'), JSON.stringify(policy));
    await python('reset', '--password', new Date().toLocaleDateString('sv'));
    await python('add', join(folder, 'w.json'));
    expect(await peerRlaunch(file, folder, 'rapidfire')).toMatchObject({ code: 0 });
    await python('rerun_fws', '-i', '1');
    expect(await peerRlaunch(file, folder, 'rapidfire')).toMatchObject({ code: 0 });
    const night = await ours('recover', '--policy', 'recovery.json', '--key', 'one', '-o', 'json');
    const { steps } = JSON.parse(night.out) as { readonly steps: readonly Step[] };
    expect(steps).toMatchObject([
      // Who has failed less comes first.
      { fw_id: 2, action: 'rerun', attempts: 1 },
      { fw_id: 1, action: 'quarantine', attempts: 2 },
    ]);
    expect(steps[1]?.reason).toContain(
      "the specs of 2 of these launches were not noted, and are taken for today's",
    );
    expect(night.status).toBe(0);
    expect((await ours('quarantine', 'list', '-o', 'ids')).out).toBe('1\n');
    const explained = async (): Promise<unknown> =>
      JSON.parse((await ours('explain', '-i', '1', '-o', 'json')).out);
    expect(await explained()).toMatchObject({
      attempts: [{ spec: null }, { spec: null }],
      quarantine: { standing: 'in force', launch_id: 4, night: 'one' },
      next: ['lpad quarantine release -i 1', 'lpad rerun_fws -i 1', expect.anything()],
    });
    await python('rerun_fws', '-i', '1');
    expect(await peerRlaunch(file, folder, 'rapidfire')).toMatchObject({ code: 0 });
    expect((await ours('quarantine', 'list', '-o', 'ids')).out).toBe('');
    expect(await explained()).toMatchObject({ attempts: { length: 3 }, quarantine: null });
    const states = await ours('get_fws', '-s', 'FIZZLED', '-d', 'ids');
    expect(JSON.parse(states.out)).toEqual([1, 2]);
  }, 120_000);
});
