/** Files handed from parents to children: `_files_in` takes what `_files_prev` names, `_files_out` gives (semantics.md, §8). */
import { readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { copyCompressed } from './compression';
import { segmentPattern } from './segment-pattern';

export async function takeFilesIn(spec: ValueObject, launchDir: string): Promise<void> {
  const wanted = spec['_files_in'];
  const offered = spec['_files_prev'];
  if (!isObject(wanted) || !isObject(offered)) return;
  for (const [name, target] of Object.entries(wanted)) {
    if (!Object.hasOwn(offered, name)) continue;
    await copyCompressed(resolve(launchDir, String(offered[name])), resolve(launchDir, String(target)));
  }
}

/** The mods that tell the children where this launch's files are: per name, the last match. */
export async function filesOutMods(spec: ValueObject, launchDir: string): Promise<readonly Value[]> {
  const wanted = spec['_files_out'];
  if (!isObject(wanted)) return [];
  const mods: Value[] = [];
  for (const [name, pattern] of Object.entries(wanted)) {
    const found = await findMatches(resolve(launchDir, String(pattern)));
    const last = [...found].sort().at(-1);
    if (last !== undefined) mods.push({ _set: { [`_files_prev->${name}`]: last } });
  }
  return mods;
}

/** Shell patterns, segment by segment: `*`, `?` and `[…]`, which do not match a leading dot. */
async function findMatches(pattern: string): Promise<readonly string[]> {
  const parent = dirname(pattern);
  if (parent === pattern) return [pattern];
  const name = pattern.slice(parent.length).replace(/^\//, '');
  const matches = segmentPattern(name);
  const found: string[] = [];
  for (const folder of await findMatches(parent)) {
    const entries = await readdir(folder).catch(() => []);
    found.push(...entries.filter((entry) => matches.test(entry)).map((entry) => resolve(folder, entry)));
  }
  return found;
}
