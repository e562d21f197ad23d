/** FireWorks' FileDeleteTask: removes files, and no directories (firetasks.md, section 4). */
import { unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isTruthy } from '../../../domain/workflow-draft';
import { messageOf } from '../../../errors';
import { defineFiretask, FiretaskError } from '../../define-firetask';
import { FLAG, parameters, TEXT, TEXTS } from '../parameter-types';
import { osFailure } from '../python-failures';
import { folderOf, joined } from './paths';

export const fileDeleteTask = defineFiretask({
  name: 'FileDeleteTask',
  parameters: parameters(['files_to_delete'], { files_to_delete: TEXTS, dest: TEXT, ignore_errors: FLAG }),
  run: async (context): Promise<void> => {
    const { ignore_errors = true, dest, files_to_delete } = context.parameters;
    const folder = folderOf(dest, context);
    for (const name of files_to_delete as readonly string[]) {
      const file = joined(folder, name);
      try {
        await unlink(resolve(context.launchDir, file));
      } catch (error) {
        const failure = osFailure(error, file);
        if (!isTruthy(ignore_errors)) throw new FiretaskError('OSError', messageOf(failure));
        context.logger.debug(`FileDeleteTask: ${messageOf(failure)}`);
      }
    }
  },
});
