/** `lpad add --cache-namespace`, `lpad cache list|clear`: also as they are typed wrongly. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import { fakeIo } from '../support/fake-io';

let cwd: string;
const folder = (): string => join(cwd, 'db');

beforeEach(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'lpad-cache-'));
  writeFileSync(join(cwd, 'lp.json'), JSON.stringify({ path: folder() }));
  const store = createEmbeddedStore({ folder: folder() });
  await store.open();
  for (const [fwId, namespace] of Array.from(
    { length: 12 },
    (_, at) => [at + 1, at < 11 ? 'a b' : 'c'] as const,
  )) {
    const key = String(fwId).padStart(64, '0');
    const createdOn = new Date('2026-11-21T08:00:00Z');
    await store.putCacheEntry({
      namespace,
      key,
      name: 'relax',
      fwId,
      launchId: fwId,
      createdOn,
      brought: [],
    });
  }
  await store.close();
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

async function lpad(...words: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const { io, out, err } = fakeIo('', { cwd, home: cwd });
  const status = await main(['-l', 'lp.json', ...words], io);
  return { status, out: out(), err: err() };
}

async function left(): Promise<number> {
  return (JSON.parse((await lpad('cache', 'list', '-o', 'json')).out) as unknown[]).length;
}

test('list shows what is there, by namespace and Firework', async () => {
  expect(JSON.parse((await lpad('cache', 'list', '--namespace', 'c', '-o', 'json')).out)).toEqual([
    {
      namespace: 'c',
      key: '12'.padStart(64, '0'),
      name: 'relax',
      fw_id: 12,
      launch_id: 12,
      created_on: expect.stringContaining('2026-11-21') as string,
      usable: false,
    },
  ]);
  expect((await lpad('cache', 'list', '-i', '2-4', '--namespace', 'a b', '-o', 'ids')).out).toBe('2\n3\n4\n');
  expect((await lpad('cache', 'list', '--namespace', 'nobody')).out).toBe(
    'Nothing of this is in the cache.\n',
  );
});

test('clear forgets what is named, and asks before more than ten', async () => {
  expect(await lpad('cache', 'clear', '--namespace', 'a b')).toMatchObject({ status: 4, out: '' });
  expect(await lpad('cache', 'clear', '--all', '--dry-run')).toMatchObject({ status: 0 });
  expect(await left()).toBe(12);
  expect(await lpad('cache', 'clear', '-i', '2', '12')).toMatchObject({
    status: 0,
    out: 'forgotten relax in a b: launch 2 of Firework 2\nforgotten relax in c: launch 12 of Firework 12\n',
    err: '2 results forgotten.\n',
  });
  expect(await left()).toBe(10);
  expect(await lpad('cache', 'clear', '--all', '-o', 'json')).toMatchObject({ status: 0 });
  expect(await left()).toBe(0);
});

test.each([
  [['cache', 'clear'], 'needs --namespace, -i or --all'],
  [['cache', 'clear', '--all', '--namespace', 'c'], 'exclude each other'],
  [['cache', 'delete'], 'unknown command cache delete'],
  [['cache', 'list', '-i', 'c'], 'c'],
])('%j is refused', async (words, said) => {
  const { status, err } = await lpad(...words);
  expect(status).toBe(2);
  expect(err).toContain(said);
  expect(await left()).toBe(12);
});

describe('a workflow that is added', () => {
  const add = (workflow: object, ...words: readonly string[]): ReturnType<typeof lpad> => {
    writeFileSync(join(cwd, 'w.json'), JSON.stringify(workflow));
    return lpad('add', 'w.json', ...words);
  };
  const one = { name: 'one', spec: { _cache: true, _tasks: [] } };

  test('gets the namespace of the command line, whatever its file says', async () => {
    const named = { name: 'w', fws: [one], metadata: { cache_namespace: 'old', project: 'p' } };
    expect(await add(named, '--cache-namespace', 'my namespace')).toMatchObject({ status: 0, err: '' });
    const shown = JSON.parse((await lpad('get_wflows', '-i', '1', '-d', 'all')).out) as { metadata: unknown };
    expect(shown.metadata).toEqual({ cache_namespace: 'my namespace', project: 'p' });
  });

  test.each([
    ['', 'must not be empty'],
    ['x'.repeat(201), 'at most 200 characters'],
    ['a\tb', 'control characters'],
  ])('is refused with the namespace %j', async (namespace, said) => {
    const { status, err } = await add(one, '--cache-namespace', namespace);
    expect(status).toBe(2);
    expect(err).toContain(said);
    expect((await lpad('get_fws', '-q', '{}', '-d', 'count')).out).toBe('0\n');
  });

  test('is warned of when its _cache has no effect', async () => {
    expect((await add(one)).err).toContain('_cache has no effect without a cache namespace');
    const mistyped = { name: 'one', spec: { _cache: 'yes', _tasks: [] } };
    expect((await add(mistyped, '--cache-namespace', 'a')).err).toContain('must be true or false');
    const bad = { name: 'w', fws: [one], metadata: { cache_namespace: 5 } };
    expect(await add(bad)).toMatchObject({ status: 2 });
  });
});
