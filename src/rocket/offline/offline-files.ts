/**
 * The files of a run without the database (documents.md, section 11): FW.json is what to run, FW_offline.json becomes what
 * came of it, FW_ping.json is the sign of life. They are replaced in one step: whoever recovers reads them at any moment.
 */
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isObject, type Firework, type ValueObject } from '../../domain/model';
import { LpadError } from '../../errors';
import { toJsonText } from '../../specs/printing/print-json';
import { parseLocated } from '../../specs/workflow-files/located-document';
import { readFirework } from '../../specs/workflow-files/workflow-file-fireworks';
import type { Problem } from '../../specs/problems';

export const OFFLINE_FILE = 'FW_offline.json';
export const PING_FILE = 'FW_ping.json';
const FIREWORK_FILE = 'FW.json';

/** As it stands: keys that we do not know stay. */
export async function readOfflineFile(folder: string): Promise<ValueObject> {
  return readObject(folder, OFFLINE_FILE);
}

export async function writeOfflineFile(folder: string, content: ValueObject): Promise<void> {
  await replaceFile(join(folder, OFFLINE_FILE), content);
}

export async function writePingFile(folder: string, now: string): Promise<void> {
  await replaceFile(join(folder, PING_FILE), { ping_time: now });
}

/** Undefined before the first sign of life. */
export async function readPingTime(folder: string): Promise<string | undefined> {
  if (!(await isThere(join(folder, PING_FILE)))) return undefined;
  const time = (await readObject(folder, PING_FILE))['ping_time'];
  return typeof time === 'string' ? time : undefined;
}

export async function readOfflineFirework(folder: string, now: Date): Promise<Firework> {
  const problems: Problem[] = [];
  const entry = await readObject(folder, FIREWORK_FILE);
  if (!isObject(entry['spec'])) throw unusable(folder, FIREWORK_FILE, 'it has no spec');
  const firework = readFirework(entry, [], now, problems);
  const [problem] = problems;
  if (problem) throw unusable(folder, FIREWORK_FILE, problem.what);
  return firework;
}

/** Of a file that an archiver has compressed, too, as FireWorks reads it. */
async function readObject(folder: string, name: string): Promise<ValueObject> {
  const file = join(folder, name);
  const text =
    (await isThere(file)) || !(await isThere(`${file}.gz`))
      ? await readText(file)
      : gunzipSync(await readFile(`${file}.gz`)).toString('utf8');
  const { value } = parseLocated(text, { file, format: 'json', code: 'FAILED' });
  if (!isObject(value)) throw unusable(folder, name, 'it holds no object');
  return value;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new LpadError('NOT_FOUND', `there is no ${file}`, {
      hint: 'offline runs are prepared by qlaunch -r with rlaunch singleshot --offline in the queue adapter',
      cause: error,
    });
  }
}

function unusable(folder: string, name: string, why: string): LpadError {
  return new LpadError('FAILED', `${join(folder, name)} cannot be used: ${why}`);
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function replaceFile(file: string, content: ValueObject): Promise<void> {
  const fresh = `${file}.${String(process.pid)}.new`;
  await writeFile(fresh, toJsonText(content));
  await rename(fresh, file);
}
