import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmbeddedStore } from '../../../../src/storage/embedded/embedded-store';
import { encode } from '../../../../src/storage/embedded/lmdb/stored-bytes';
import { firework, workflowOf } from '../../../conformance/suite/builders';
import { temporaryFolder } from '../../../support/temporary-folder';

const PAGE = 4096;

/** What is done to a sound file of many pages. */
const DAMAGE: readonly (readonly [string, (file: string, bytes: Buffer) => void])[] = [
  ['is no database', (file) => writeFileSync(file, 'hello\n'.repeat(1000))],
  ['was cut in half', (file, bytes) => truncateSync(file, Math.floor(bytes.length / 2))],
  ['lacks its last page', (file, bytes) => truncateSync(file, bytes.length - PAGE)],
  ['lacks its first page', (file, bytes) => writeFileSync(file, bytes.fill(0, 0, PAGE))],
  ['has zeros in its middle', (file, bytes) => writeFileSync(file, bytes.fill(0, 50 * PAGE, 150 * PAGE))],
  [
    'has garbage in its middle',
    (file, bytes) => writeFileSync(file, bytes.fill(0xa5, 50 * PAGE, 150 * PAGE)),
  ],
];

describe('opening an embedded store', () => {
  const folder = temporaryFolder();
  const dataFile = (name: string): string => join(folder, name, 'lpad.lmdb', 'data.mdb');

  async function fill(name: string): Promise<void> {
    const store = createEmbeddedStore({ folder: join(folder, name) });
    await store.open();
    const spec = { _tasks: [], text: 'x'.repeat(1500) };
    await store.addWorkflows([
      workflowOf(Array.from({ length: 500 }, (_, place) => firework(place + 1, { spec }))),
    ]);
    await store.close();
  }

  it('makes a folder that is missing, with counters', async () => {
    const store = createEmbeddedStore({ folder: join(folder, 'new', 'inner') });
    await store.open();
    expect(await store.takeFireworkIds(1)).toBe(1);
    expect(store).toMatchObject({
      kind: 'embedded',
      name: 'inner',
      description: `the folder ${folder}/new/inner`,
    });
    await store.close();
  });

  it('finds again what was there', async () => {
    await fill('again');
    const store = createEmbeddedStore({ folder: join(folder, 'again') });
    await store.open();
    expect(await store.countFireworks({ where: { 'spec.text': /x$/ } })).toBe(500);
    await store.close();
  });

  it.each(DAMAGE)('names a file that %s', async (what, damage) => {
    await fill(what);
    damage(dataFile(what), readFileSync(dataFile(what)));
    const message = expect.stringContaining(dataFile(what)) as string;
    const opening = createEmbeddedStore({ folder: join(folder, what) }).open();
    await expect(opening).rejects.toMatchObject({ code: 'DAMAGED_STORE', message });
  });

  it('says when a newer lpad has written the folder', async () => {
    await fill('newer');
    const { open } = await import('lmdb');
    const root = open({
      path: join(folder, 'newer', 'lpad.lmdb'),
      encoding: 'binary',
      noSubdir: false,
      maxDbs: 32,
    });
    root.openDB({ name: 'meta', encoding: 'binary' }).putSync('format', encode({ number: 2 }));
    await root.close();
    await expect(createEmbeddedStore({ folder: join(folder, 'newer') }).open()).rejects.toMatchObject({
      code: 'NO_DATABASE',
      message: expect.stringContaining('newer lpad (format 2; this one knows 1)') as string,
    });
  });

  it('says when the folder is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    const opening = createEmbeddedStore({ folder: join(folder, 'file') }).open();
    await expect(opening).rejects.toMatchObject({ code: 'NO_DATABASE' });
  });

  it('names a folder that may not be written to', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o555);
    chmodSync(folder, 0o755);
    // Root may write everywhere: a process that is not root tries it.
    const script = `
      const { createEmbeddedStore } = require(${JSON.stringify(join(process.cwd(), 'src/storage/embedded/embedded-store.ts'))});
      if (process.getuid() === 0) process.setuid(65534);
      createEmbeddedStore({ folder: ${JSON.stringify(closed)} }).open().catch((error) => console.log(error.code, error.message));
    `;
    const { stdout } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TS_NODE_COMPILER_OPTIONS: '{"module":"commonjs","moduleResolution":"node10"}' },
    });
    expect(stdout).toContain('NO_PERMISSION');
    expect(stdout).toContain(closed);
  });
});
