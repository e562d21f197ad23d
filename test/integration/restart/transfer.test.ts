/** Source code and marks go where their workflows go. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../../src/cli/main';
import { fakeIo } from '../../support/fake-io';
import { describeRestarts } from './restart-world';

describeRestarts('an export', (world) => {
  it('brings source code along, once for all launches that share it, and an import shares what is there', async () => {
    const { add, runAll, lpad, folder, store } = world();
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'a.txt'), 'original');
    writeFileSync(join(project, 'large.bin'), Buffer.alloc(600_000, 'x'));
    const spec = { _sourcecode: { dir: project } };
    await add({ name: 'a', spec }, { name: 'b', spec });
    await runAll();
    await lpad('rerun_fws', '-i', '1', '--force-sourcecode');
    await lpad('mark_fws', '-i', '2');
    const exported = await lpad('export', 'all.jsonl');
    expect(exported.err).toContain('2 launches and their source code to all.jsonl');

    // Into an empty folder, which has none of it.
    const config = join(folder, 'other.json');
    writeFileSync(config, JSON.stringify({ path: join(folder, 'other') }));
    const elsewhere = async (...argv: readonly string[]): Promise<string> => {
      const { io, out, err } = fakeIo('', { cwd: folder, now: () => new Date() });
      await main(['-l', config, ...argv], io);
      return out() + err();
    };
    expect(await elsewhere('import', 'all.jsonl')).toContain('Imported 1 workflow');
    rmSync(project, { recursive: true });
    expect(await elsewhere('cat', '--sourcecode', '-i', '2', '-p', 'a.txt')).toBe('original');
    expect(await elsewhere('cat', '--sourcecode', '-i', '1')).toBe('a.txt\nlarge.bin\n');
    expect(await elsewhere('export', 'again.jsonl')).toContain('and their source code to again.jsonl');

    // Beside what is there: other ids, the same source code.
    const copied = await lpad('import', '--new-ids', 'all.jsonl');
    expect([copied.status, copied.out + copied.err]).toEqual([
      0,
      expect.stringContaining('Imported 1 workflow'),
    ]);
    const { out } = await lpad('cat', '--sourcecode', '-i', '4', '-p', 'large.bin');
    expect(out).toBe('x'.repeat(600_000));
    const specs: unknown[] = [];
    for await (const one of store.findFireworks({ ids: [1, 3] }, 'all')) specs.push(one.spec['_sourcecode']);
    expect(specs).toEqual([
      { dir: project, after_launch: 1 },
      { dir: project, after_launch: 3 },
    ]);
    for await (const { metadata } of store.findWorkflows({ members: [4] }))
      expect(metadata).toEqual({ _marked: { 4: true } });
  });

  it('of what was deleted and brought back has its source code still', async () => {
    const { add, runAll, lpad, folder } = world();
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(join(project, 'a.txt'), 'original');
    await add({ name: 'a', spec: { _sourcecode: { dir: project } } });
    await runAll();
    await lpad('delete_wflows', '-i', '1', '--yes');
    await lpad('undo');
    expect((await lpad('cat', '--sourcecode', '-i', '1', '-p', 'a.txt')).out).toBe('original');
  });
});
