/** FireWorks' Firetasks that this program runs itself. */
import type { Firetask } from '../define-firetask';
import { commandLineTask } from './dataflow/command-line-task';
import { foreachTask } from './dataflow/foreach-task';
import { importDataTask } from './dataflow/import-data-task';
import { joinDictTask } from './dataflow/join-dict-task';
import { joinListTask } from './dataflow/join-list-task';
import { archiveDirTask } from './files/archive-dir-task';
import { compressDirTask } from './files/compress-dir-task';
import { decompressDirTask } from './files/decompress-dir-task';
import { fileDeleteTask } from './files/file-delete-task';
import { fileTransferTask } from './files/file-transfer-task';
import { fileWriteTask } from './files/file-write-task';
import { scriptTask } from './script/script-task';

export const BUILT_IN_FIRETASKS: readonly Firetask[] = [
  scriptTask,
  fileWriteTask,
  fileDeleteTask,
  fileTransferTask,
  compressDirTask,
  decompressDirTask,
  archiveDirTask,
  commandLineTask,
  foreachTask,
  joinDictTask,
  joinListTask,
  importDataTask,
];
