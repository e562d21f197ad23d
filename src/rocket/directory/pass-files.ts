/** Files handed from parents to children: `_files_in` takes what `_files_prev` names, `_files_out` gives (semantics.md, §8). */
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Value, type ValueObject } from '../../domain/model';

/** Compressed by what their name ends in; Node knows the first. */
const COMPRESSED = ['.gz', '.z', '.bz2', '.xz', '.lzma'];

export async function takeFilesIn(spec: ValueObject, launchDir: string): Promise<void> {
  const wanted = spec['_files_in'];
  const offered = spec['_files_prev'];
  if (!isObject(wanted) || !isObject(offered)) return;
  for (const [name, target] of Object.entries(wanted)) {
    if (!Object.hasOwn(offered, name)) continue;
    await copyFile(resolve(launchDir, String(offered[name])), resolve(launchDir, String(target)));
  }
}

/** Compresses or decompresses where the names say so. */
async function copyFile(source: string, target: string): Promise<void> {
  const [from, to] = [compressionOf(source), compressionOf(target)];
  const input = createReadStream(source);
  const output = createWriteStream(target);
  if (from === to) return pipeline(input, output);
  if (from === '' && to === '.gz') return pipeline(input, createGzip(), output);
  if (from === '.gz' && to === '') return pipeline(input, createGunzip(), output);
  throw new ActionError(`_files_in: ${source} cannot be turned into ${target}; only .gz is (de)compressed`);
}

function compressionOf(file: string): string {
  const extension = extname(file).toLowerCase();
  return COMPRESSED.includes(extension) ? extension : '';
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
  const matches = patternOf(name);
  const found: string[] = [];
  for (const folder of await findMatches(parent)) {
    const entries = await readdir(folder).catch(() => []);
    found.push(...entries.filter((entry) => matches.test(entry)).map((entry) => resolve(folder, entry)));
  }
  return found;
}

function patternOf(name: string): RegExp {
  const body = name.replace(/\[!?\]?[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  });
  const hidden = name.startsWith('.') ? '' : '(?!\\.)';
  return new RegExp(`^${hidden}${body}$`, 's');
}
