import { createHash, randomBytes } from 'node:crypto';
import type { Content } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import { collect } from './builders';

const NOW = new Date('2026-11-21T08:00:00Z');

function content(bytes: Buffer): Content {
  return { id: createHash('sha256').update(bytes).digest('hex'), bytes };
}

export function contentTests(useStore: UseStore): void {
  const small = content(Buffer.from([0, 255, 10, 13]));
  const empty = content(Buffer.alloc(0));
  const large = content(randomBytes(12 * 1024 * 1024 + 1));

  async function read(...ids: readonly string[]): Promise<readonly Content[]> {
    const found = await collect(useStore().readContents(ids));
    return found
      .map(({ id, bytes }) => ({ id, bytes: Buffer.from(bytes) }))
      .sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
  }

  it('are read back byte by byte, whatever their size, each once', async () => {
    const store = useStore();
    await store.insertContents([small, empty, large], NOW);
    const ids = [small.id, empty.id, large.id];
    expect(await store.findContents([...ids, 'nothing'])).toEqual(new Set(ids));
    const found = await read(...ids, small.id, 'nothing');
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(found.map(({ bytes }) => bytes.length === 0)).toEqual([false, true, false]);
    expect(content(found[2]?.bytes as Buffer).id).toBe(large.id);
    expect(found[0]).toEqual(small);
  });

  it('are kept once, also when several store the same at the same time', async () => {
    const store = useStore();
    const both = [small, large];
    await Promise.all([store.insertContents(both, NOW), store.insertContents(both, NOW)]);
    await store.insertContents([small], NOW);
    expect((await read(small.id, large.id)).map(({ id }) => id)).toEqual([small.id, large.id]);
  });

  it('are none without anything, and gone after a reset', async () => {
    const store = useStore();
    expect([await store.findContents([]), await read('nothing')]).toEqual([new Set(), []]);
    await store.insertContents([small], NOW);
    await store.reset();
    expect(await store.findContents([small.id])).toEqual(new Set());
  });
}
