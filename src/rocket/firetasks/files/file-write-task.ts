/** FireWorks' FileWriteTask: writes files (firetasks.md, section 4). */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineFiretask } from '../../define-firetask';
import { parameters, TEXT } from '../parameter-types';
import { atPath } from '../python-failures';
import { folderOf, joined } from './paths';

interface FileRecord {
  readonly filename: string;
  readonly contents: string;
}

export const fileWriteTask = defineFiretask({
  name: 'FileWriteTask',
  parameters: parameters(['files_to_write'], {
    files_to_write: {
      type: 'array',
      items: {
        type: 'object',
        required: ['filename', 'contents'],
        properties: { filename: { type: 'string' }, contents: { type: 'string' } },
      },
    },
    dest: TEXT,
  }),
  run: async (context): Promise<void> => {
    const folder = folderOf(context.parameters['dest'], context);
    for (const { filename, contents } of context.parameters['files_to_write'] as readonly FileRecord[]) {
      const file = joined(folder, filename);
      await atPath(file, () => writeFile(resolve(context.launchDir, file), contents));
    }
  },
});
