/** Finds and reads a saved job, and the directory that it ran in. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { LpadError, messageOf } from '../../errors';
import { parseJobText, type SavedJob } from '../../specs/job-files/saved-job';
import { JOB_FILE, JOB_FOLDER } from './job-files';

/** Throws BAD_JOB. A file that somebody has compressed since is read all the same. */
export async function readJob(file: string): Promise<SavedJob> {
  return parseJobText(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw await isFolder(file);
  try {
    if (file.endsWith('.gz')) return gunzipSync(await readFile(file)).toString('utf8');
    if (!found && (await isThere(`${file}.gz`)))
      return gunzipSync(await readFile(`${file}.gz`)).toString('utf8');
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new LpadError('BAD_JOB', `there is no ${file}`, {
        hint: `a launch of ours leaves ${JOB_FOLDER}/${JOB_FILE} in its directory: lpad get_launchdir ID`,
        cause: error,
      });
    }
    throw new LpadError('BAD_JOB', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

async function isFolder(folder: string): Promise<LpadError> {
  for (const inside of [join(folder, JOB_FOLDER, JOB_FILE), join(folder, JOB_FILE)]) {
    if (await isThere(inside))
      return new LpadError('BAD_JOB', `${folder} is a folder, no saved job`, {
        hint: `lpad rerun_from_file ${inside}`,
      });
  }
  return new LpadError('BAD_JOB', `${folder} is a folder in which no job was saved`, {
    hint: 'jobs are saved by our rlaunch, not by that of Python',
  });
}

export interface JobPlace {
  readonly launchDir: string;
  /** The one that was noted, when it is another: the directory was moved or copied. */
  readonly notedDir?: string;
}

/**
 * The directory in whose `.lpad` the file lies: who moves a directory, or makes a copy of it to try something, means this one.
 * A file that lies elsewhere runs where it was noted. Throws BAD_JOB when that is not there.
 */
export async function placeOf({ launchDir }: SavedJob, file: string): Promise<JobPlace> {
  const own = folderAround(dirname(file));
  if (own === undefined) {
    if (await isThere(launchDir)) return { launchDir };
    throw new LpadError('BAD_JOB', `the directory that ${file} ran in is not there: ${launchDir}`, {
      hint: `mkdir -p ${launchDir}   (if it is to run in an empty one), or name the ${JOB_FILE} in ${JOB_FOLDER} of the directory where that is now`,
    });
  }
  return (await isSame(own, launchDir)) ? { launchDir } : { launchDir: own, notedDir: launchDir };
}

/** What `.lpad`, or a folder in it, lies in. */
function folderAround(folder: string): string | undefined {
  if (basename(folder) === JOB_FOLDER) return dirname(folder);
  const above = dirname(folder);
  return basename(above) === JOB_FOLDER && basename(folder).startsWith('launch-')
    ? dirname(above)
    : undefined;
}

async function isSame(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => path)));
  return first === second;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
