/** FireWorks' DecompressDirTask: every .gz, .bz2 and .z file of a directory becomes a plain one (firetasks.md, section 4). */
import { rm, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { isTruthy } from '../../../domain/workflow-draft';
import { defineFiretask, type FiretaskContext } from '../../define-firetask';
import { FLAG, parameters, TEXT } from '../parameter-types';
import { compressionOf, convert } from '../../directory/compression';
import { failureIn } from './failure-in';
import { folderOf } from './paths';
import { walkFiles } from './walk-files';

const EXTENSIONS = ['.bz2', '.gz', '.z'];

export const decompressDirTask = defineFiretask({
  name: 'DecompressDirTask',
  parameters: parameters([], { dest: TEXT, ignore_errors: FLAG }),
  run: async (context): Promise<void> => {
    const { dest, ignore_errors } = context.parameters;
    const folder = folderOf(dest, context);
    try {
      await decompress(resolve(context.launchDir, folder), context);
    } catch (error) {
      context.signal.throwIfAborted();
      const failure = failureIn(`There was an error performing decompression in ${folder}.`, error);
      if (!isTruthy(ignore_errors)) throw failure;
      context.logger.warn(failure.notes.join('\n'));
    }
  },
});

async function decompress(folder: string, { signal }: Pick<FiretaskContext, 'signal'>): Promise<void> {
  for (const { path } of await walkFiles(folder)) {
    signal.throwIfAborted();
    const file = join(folder, path);
    const extension = extname(path);
    if (!EXTENSIONS.includes(extension.toLowerCase()) || !(await isFile(file))) continue;
    await convert(file, file.slice(0, -extension.length), compressionOf(file), '');
    await rm(file);
  }
}

/** Also a link to one; one that leads nowhere is none. */
async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
