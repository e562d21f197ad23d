/** FireWorks' CompressDirTask: every file of a directory becomes a compressed one (firetasks.md, section 4). */
import { rm } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { isTruthy } from '../../../domain/workflow-draft';
import { defineFiretask, FiretaskError, type FiretaskContext } from '../../define-firetask';
import { FLAG, parameters, TEXT } from '../parameter-types';
import { pythonRepr } from '../python-repr';
import { convert } from '../../directory/compression';
import { folderOf } from './paths';
import { failureIn } from './failure-in';
import { walkFiles } from './walk-files';

export const compressDirTask = defineFiretask({
  name: 'CompressDirTask',
  parameters: parameters([], { dest: TEXT, compression: TEXT, ignore_errors: FLAG }),
  run: async (context): Promise<void> => {
    const { dest, compression = 'gz', ignore_errors } = context.parameters;
    const folder = folderOf(dest, context);
    try {
      await compress(resolve(context.launchDir, folder), String(compression), context);
    } catch (error) {
      context.signal.throwIfAborted();
      const what = `There was an error performing compression=${pythonRepr(compression)} in ${folder}.`;
      if (!isTruthy(ignore_errors)) throw failureIn(what, error);
      context.logger.warn(failureIn(what, error).notes.join('\n'));
    }
  },
});

/** Files that end so already, and links, stay. */
async function compress(
  folder: string,
  compression: string,
  { signal }: Pick<FiretaskContext, 'signal'>,
): Promise<void> {
  for (const { path, entry } of await walkFiles(folder)) {
    signal.throwIfAborted();
    if (compression !== 'gz' && compression !== 'bz2') {
      throw new FiretaskError('ValueError', "Supported compression formats are 'gz' and 'bz2'.");
    }
    if (!entry.isFile() || extname(path).toLowerCase() === `.${compression}`) continue;
    const file = join(folder, path);
    await convert(file, `${file}.${compression}`, '', compression);
    await rm(file);
  }
}
