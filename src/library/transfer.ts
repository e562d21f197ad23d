/** Exports and imports, for programs: the lines of an export (docs/transfer.md), from and to wherever the program likes. */
import { LpadError } from '../errors';
import { exportDocuments, type ExportReport } from '../launchpad/transfer/export-documents';
import { IMPORT } from '../launchpad/journal/import-entry';
import { importDocuments, type ImportIds, type ImportReport } from '../launchpad/transfer/import-documents';
import type { LaunchPadStore, WorkflowSelection } from '../storage/launchpad-store';
import { contextOf } from './changes';

export interface ExportWishes {
  /** Without it the whole database, also Fireworks and launches that are in no workflow. */
  readonly selection?: WorkflowSelection;
  /** Takes a line without its end, and returns when there is room for the next. */
  readonly write: (line: string) => void | Promise<void>;
}

export interface ImportWishes {
  /** The lines of an export, without their ends. Called twice: all is checked before the first document is written. */
  readonly lines: () => AsyncIterable<string> | Iterable<string>;
  /** What messages call it. */
  readonly name?: string;
  /** `keep` without it. */
  readonly ids?: ImportIds;
  readonly signal?: AbortSignal;
  /** So many more of so many documents are written. */
  readonly onProgress?: (written: number, total: number) => void;
}

export function exportLines(
  store: LaunchPadStore,
  { selection, write }: ExportWishes,
): Promise<ExportReport> {
  return exportDocuments(store, {
    selection,
    createdOn: new Date(),
    commandLine: ['lpad library: export'],
    write: async (line) => {
      await write(line);
    },
  });
}

export async function importLines(
  store: LaunchPadStore,
  { lines, name = 'the export', ids = 'keep', signal, onProgress }: ImportWishes,
): Promise<ImportReport> {
  if (typeof lines !== 'function') {
    throw new LpadError('USAGE', 'lines must be a function: the lines of an import are read twice');
  }
  const request = {
    source: { name, lines: () => asyncLines(lines()) },
    ids,
    signal: signal ?? new AbortController().signal,
    onProgress: onProgress ?? (() => undefined),
  };
  return importDocuments(store, request, contextOf(IMPORT));
}

async function* asyncLines(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}
