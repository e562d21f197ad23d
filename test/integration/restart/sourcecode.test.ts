/** `_sourcecode`, with the example of Guild AI's documentation ("Restarts and Source Code"), on both stores. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { launchRocket } from '../../../src/rocket/rocket';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { WORKER } from '../rocket/rocket-world';
import { describeRestarts, type RestartWorld } from './restart-world';

describeRestarts('source code', (world) => {
  let project = '';

  beforeEach(() => {
    project = join(world().folder, 'project');
    mkdirSync(join(project, 'lib'), { recursive: true });
    write('hello.sh', 'cat lib/text > said');
    write('lib/text', 'hello-1');
    chmodSync(join(project, 'hello.sh'), 0o755);
  });

  function write(path: string, text: string): void {
    writeFileSync(join(project, path), text);
  }

  function hello(spec: object = {}, sourcecode: object = {}, script = './hello.sh'): Promise<void> {
    return world().add({
      name: 'hello',
      spec: { ...spec, _sourcecode: { dir: project, ...sourcecode } },
      script,
    });
  }

  /** The directories of the launches, in order, each with what its script said. */
  function said(): readonly string[] {
    const runs = join(world().folder, 'runs');
    return readdirSync(runs)
      .sort()
      .map((run) => join(runs, run, 'said'))
      .map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : 'nothing'));
  }

  async function cat(...args: readonly string[]): Promise<string> {
    const { out, err } = await world().lpad('cat', '--sourcecode', '-i', '1', ...args);
    return out + err;
  }

  async function failure(world: RestartWorld): Promise<string> {
    const { state, launches } = await world.firework(1);
    for await (const { action } of world.store.findLaunches(launches.slice(-1), 'all'))
      return `${state} ${JSON.stringify(action?.['stored_data'])}`;
    return state;
  }

  it('is that of the first launch in every rerun, until one forces that of the day, which then stays', async () => {
    const { runAll, lpad } = world();
    await hello();
    await runAll();
    expect([said(), await cat('-p', 'lib/text')]).toEqual([['hello-1'], 'hello-1']);
    write('lib/text', 'hello-2');
    expect((await lpad('rerun_fws', '-i', '1')).out).toContain(
      'runs the source code that it was launched with',
    );
    await runAll();
    expect([said(), await cat('-p', 'lib/text')]).toEqual([['hello-1', 'hello-1'], 'hello-1']);
    const forced = await lpad('rerun_fws', '-i', '1', '--force-sourcecode');
    expect(forced.out).toContain(`takes the source code that is in ${project} at its next launch`);
    await runAll();
    expect([said().at(-1), await cat('-p', 'lib/text')]).toEqual(['hello-2', 'hello-2']);
    rmSync(project, { recursive: true });
    await lpad('rerun_fws', '-i', '1');
    await runAll();
    expect([said().at(-1), await cat('-p', './lib/text', '-lid', '1')]).toEqual(['hello-2', 'hello-1']);
  });

  it('is forced no more when that rerun is undone', async () => {
    const { runAll, lpad, firework } = world();
    await hello();
    await runAll();
    write('lib/text', 'hello-2');
    const before = await firework(1);
    await lpad('rerun_fws', '-i', '1', '--force-sourcecode', '--plan', 'plan.json');
    expect(await firework(1)).toStrictEqual(before);
    await lpad('apply', 'plan.json');
    expect((await firework(1)).spec['_sourcecode']).toMatchObject({ after_launch: 1 });
    await lpad('undo');
    expect(await firework(1)).toStrictEqual(before);
    await lpad('rerun_fws', '-i', '1');
    await runAll();
    expect(said().at(-1)).toBe('hello-1');
  });

  it('is kept also where the spec was copied from a Firework that was forced', async () => {
    const { runAll, lpad } = world();
    await hello({}, { after_launch: 4711 });
    await runAll();
    write('lib/text', 'hello-2');
    await lpad('rerun_fws', '-i', '1');
    await runAll();
    expect(said()).toEqual(['hello-1', 'hello-1']);
  });

  it('is listed, printed byte by byte, and shared by launches with the same', async () => {
    const { runAll, lpad, store } = world();
    const bytes = Buffer.from([0, 255, 10, 128]);
    writeFileSync(join(project, 'logo.bin'), bytes);
    const spec = { _sourcecode: { dir: project } };
    await world().add({ name: 'a', spec, script: 'true' }, { name: 'b', spec, script: 'true' });
    await runAll();
    expect(await cat()).toBe('hello.sh\nlib/text\nlogo.bin\n');
    const [one, other] = await Promise.all(
      ['1', '2'].map(
        async (id) =>
          JSON.parse((await lpad('cat', '--sourcecode', '-i', id, '-o', 'json')).out) as {
            sourcecode: string;
            files: readonly { hash: string }[];
          },
      ),
    );
    expect(one?.sourcecode).toBe(other?.sourcecode);
    expect(one?.files).toMatchObject([
      { path: 'hello.sh', size: 19, executable: true },
      { path: 'lib/text', size: 7, executable: false },
      { path: 'logo.bin', size: 4 },
    ]);
    for await (const content of store.readContents([one?.files[2]?.hash ?? '']))
      expect(Buffer.from(content.bytes)).toEqual(bytes);
    expect(await cat('-p', 'logo.bim')).toContain('did you mean logo.bin?');
    expect(await cat('-p', '/etc/passwd')).toContain('relative');
    expect(await cat('-p', '../../etc/passwd')).toContain('has no ../../etc/passwd');
    expect(await cat('-lid', '2')).toContain('launch 2 is no launch of Firework 1, which has 1');
  });

  it('leaves out what is none: hidden files, what programs make, links to folders', async () => {
    const { runAll, log } = world();
    for (const folder of [
      '.git',
      '__pycache__',
      'node_modules',
      'venv',
      'launcher_2026-01-01-00-00-00-000000',
    ])
      mkdirSync(join(project, folder));
    for (const path of [
      '.git/config',
      '.env',
      '__pycache__/a.pyc',
      'node_modules/a.js',
      'venv/pyvenv.cfg',
      'FW.json',
    ])
      write(path, 'x');
    write('launcher_2026-01-01-00-00-00-000000/out', 'x');
    symlinkSync('/etc', join(project, 'etc'));
    symlinkSync('nowhere', join(project, 'broken'));
    symlinkSync('hello.sh', join(project, 'link.sh'));
    await hello();
    await runAll();
    expect(await cat()).toBe('hello.sh\nlib/text\nlink.sh\n');
    expect(log.filter((line) => line.startsWith('WARN')).join('\n')).toMatch(
      /broken is a link to nothing[^]*etc is a link to a folder/,
    );
  });

  it.each<[string, readonly string[], string]>([
    ['*.sh', ['*.sh'], 'hello.sh\nlib/deep/c.sh\n'],
    ['a folder', ['lib/'], 'lib/deep/c.sh\nlib/text\n'],
    ['a path', ['lib/t*'], 'lib/text\n'],
    ['any folders', ['lib/**/*.sh', '.env'], '.env\nlib/deep/c.sh\n'],
  ])('is what include says: %s', async (_, include, files) => {
    const { runAll } = world();
    mkdirSync(join(project, 'lib/deep'));
    write('lib/deep/c.sh', '');
    write('.env', '');
    await hello({}, { include }, 'true');
    await runAll();
    expect(await cat()).toBe(files);
  });

  it.each<[string, object, string]>([
    ['a folder that is not there', { dir: '/no/such/folder' }, 'is no folder that is here: /no/such/folder'],
    ['no folder', { dir: 3 }, 'has no dir'],
    ['patterns that match nothing', { include: ['*.py'] }, 'matches no file in'],
    ['a pattern that leads out', { include: ['../*'] }, 'leads out of dir'],
    ['another key', { exclude: ['a'] }, 'unknown key: exclude'],
  ])('fizzles the Firework for %s, saying so', async (_, sourcecode, message) => {
    const here = world();
    await hello({}, sourcecode);
    await here.runAll();
    expect(await failure(here)).toContain(message);
    expect(await cat()).toContain('Firework 1 has no source code');
  });

  it('is refused above 100 MiB, naming what to do', async () => {
    const here = world();
    write('large', '');
    truncateSync(join(project, 'large'), 101 * 1024 * 1024);
    await hello();
    await here.runAll();
    expect(await failure(here)).toMatch(
      /FIZZLED .*has more than 100 MiB .with large, 101.0 MiB.: say with _sourcecode.include/,
    );
  });

  it('never overwrites what is somebody else’s, and never follows a link out of the launch directory', async () => {
    const here = world();
    const launchDir = join(here.folder, 'fixed');
    mkdirSync(launchDir);
    writeFileSync(join(launchDir, 'hello.sh'), 'mine');
    await hello({ _launch_dir: launchDir });
    await here.runAll();
    expect(await failure(here)).toContain('hello.sh is there already, and is not what the source code');
    expect(readFileSync(join(launchDir, 'hello.sh'), 'utf8')).toBe('mine');
    rmSync(join(launchDir, 'hello.sh'));
    const outside = join(here.folder, 'outside');
    mkdirSync(outside);
    symlinkSync(outside, join(launchDir, 'lib'));
    await here.lpad('rerun_fws', '-i', '1');
    await here.runAll();
    expect(await failure(here)).toContain('lib is there already, and is no folder');
    expect(readdirSync(outside)).toEqual([]);
    rmSync(join(launchDir, 'lib'));
    await here.lpad('rerun_fws', '-i', '1');
    await here.runAll();
    // In the same directory again, what an earlier launch has put there gives way to what is forced.
    write('lib/text', 'hello-2');
    await here.lpad('rerun_fws', '-i', '1', '--force-sourcecode');
    await here.runAll();
    expect([(await here.firework(1)).state, readFileSync(join(launchDir, 'said'), 'utf8')]).toEqual([
      'COMPLETED',
      'hello-2',
    ]);
    expect(statSync(join(launchDir, 'hello.sh')).mode & 0o777).toBe(0o755);
  });

  it('leaves the source folder alone when a rocket runs in it', async () => {
    const here = world();
    const { store, log } = here;
    const rocket = {
      store,
      worker: WORKER,
      registry: createFiretaskRegistry([]),
      launchDir: project,
      signal: new AbortController().signal,
    };
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    };
    await hello();
    expect(await launchRocket({ ...rocket, logger })).toMatchObject({ state: 'COMPLETED' });
    write('lib/text', 'hello-2');
    await here.lpad('rerun_fws', '-i', '1');
    expect(await launchRocket({ ...rocket, logger })).toMatchObject({ state: 'FIZZLED' });
    expect(await failure(here)).toContain('nothing is overwritten');
    expect([readFileSync(join(project, 'lib/text'), 'utf8'), log]).toEqual(['hello-2', []]);
  });

  it('of a recovery keeps what a Firetask has changed, and takes what is forced', async () => {
    const here = world();
    const script = ['echo changed > lib/text; cat lib/text > said', 'test -e ok && ./hello.sh'];
    const tasks = script.map((one) => ({ _fw_name: 'ScriptTask', script: one, use_shell: true }));
    const spec = { _tasks: tasks, _sourcecode: { dir: project } };
    const file = join(here.folder, 'two.json');
    writeFileSync(file, JSON.stringify({ name: 'two', spec }));
    await here.lpad('add', file);
    await here.runAll();
    expect((await here.firework(1)).state).toBe('FIZZLED');
    write('hello.sh', 'echo new >> lib/text; cat lib/text > said');
    write('ok', '');
    await here.lpad('rerun_fws', '-i', '1', '--task-level', '--copy-data');
    await here.runAll();
    expect((await here.firework(1)).state).toBe('FIZZLED');
    await here.lpad('rerun_fws', '-i', '1', '--task-level', '--copy-data', '--force-sourcecode');
    await here.runAll();
    expect([(await here.firework(1)).state, said().at(-1)]).toEqual(['COMPLETED', 'changed\nnew\n']);
  });

  it('that is damaged in the database is told of, and never run', async () => {
    const here = world();
    await hello();
    const { store } = here;
    await here.runAll({ store: { ...store, insertContents: () => Promise.resolve() } });
    expect(said()).toEqual(['hello-1']);
    expect(await cat()).toContain('is not whole in the database');
    await here.lpad('rerun_fws', '-i', '1');
    await here.runAll();
    expect(await failure(here)).toContain('is not whole in the database');
    await here.lpad('rerun_fws', '-i', '1', '--force-sourcecode');
    await here.runAll();
    expect([said().at(-1), await cat('-p', 'lib/text')]).toEqual(['hello-1', 'hello-1']);
  });

  it('costs and says nothing where there is none', async () => {
    const here = world();
    await here.add({ name: 'plain' });
    await here.runAll();
    expect(await cat()).toContain('there is no _sourcecode in its spec');
    const forced = await here.lpad('rerun_fws', '-i', '1', '--force-sourcecode');
    expect([forced.status, forced.out]).toEqual([
      0,
      expect.stringContaining('has no _sourcecode: --force-sourcecode changes nothing'),
    ]);
    expect((await here.lpad('rerun_fws', '-i', '1')).out).not.toContain('source code');
  });
});
