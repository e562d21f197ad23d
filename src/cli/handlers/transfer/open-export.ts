/** An export that can be read twice: a file, or what came from stdin, kept in a file meanwhile. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { LpadError, messageOf } from '../../../errors';
import type { ExportSource } from '../../../launchpad/transfer/survey-import';
import type { Io } from '../../io';

export interface OpenExport extends ExportSource {
  readonly close: () => Promise<void>;
}

export async function openExport(file: string, io: Io): Promise<OpenExport> {
  if (file !== '-') {
    const handle = await openFile(resolve(io.cwd, file), file);
    return { ...(await readable(handle, file)), close: () => handle.close() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'lpad-import-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'export.jsonl');
    await pipeline(io.stdin, createWriteStream(copy, { mode: 0o600 }));
    const handle = await openFile(copy, 'stdin');
    const close = async (): Promise<void> => {
      await handle.close();
      await remove();
    };
    return { ...(await readable(handle, 'stdin')), close };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(name, error);
  });
  const isFile = await handle.stat().then((one) => one.isFile());
  if (isFile) return handle;
  await handle.close();
  throw new LpadError('BAD_EXPORT', `${name} is no file; nothing was imported`);
}

/** What is written is what was checked: the same open file, of the same length and date. */
async function readable(handle: FileHandle, name: string): Promise<ExportSource> {
  const { size, mtimeMs } = await handle.stat();
  return {
    name,
    lines: async function* () {
      const now = await handle.stat();
      if (now.size !== size || now.mtimeMs !== mtimeMs)
        throw new LpadError('BAD_EXPORT', `${name} changed while it was read`);
      const input = handle.createReadStream({ start: 0, autoClose: false, encoding: 'utf8' });
      yield* createInterface({ input, crlfDelay: Infinity });
    },
  };
}

function unreadable(name: string, error: unknown): LpadError {
  const { code } = error as { readonly code?: unknown };
  const why = code === 'ENOENT' ? 'there is no such file' : messageOf(error);
  return new LpadError('BAD_EXPORT', `cannot read ${name}: ${why}; nothing was imported`, {
    hint: 'lpad import all.jsonl',
    cause: error,
  });
}
