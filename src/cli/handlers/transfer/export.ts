/** `lpad export`: workflows, or the whole database, as lines. */
import { rmSync } from 'node:fs';
import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../../errors';
import { exportDocuments } from '../../../launchpad/transfer/export-documents';
import type { ExportArgs } from '../../commands/transfer/export';
import { bufferedOut, writeOut, type Io } from '../../io';
import { toWorkflowSelection } from '../../options/selectors';
import { countsText } from '../../output/changes/transfer-counts';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';

interface Target {
  readonly write: (line: string) => Promise<void>;
  /** All of it is written. */
  readonly finish: () => Promise<void>;
  /** Something went wrong: nothing is left of it. */
  readonly discard: () => Promise<void>;
}

export async function run(args: ExportArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, openStore, say, commandLine } = context;
  const asked = toWorkflowSelection(args);
  const selection = Object.keys(asked).length > 0 ? asked : undefined;
  const store = await openStore();
  const target = args.file === '-' ? stdoutTarget(context) : await fileTarget(args, io);
  try {
    const { write } = target;
    const report = await exportDocuments(store, { selection, createdOn: io.now(), commandLine, write });
    await target.finish();
    say(`Exported ${countsText(report.counts)}${args.file === '-' ? '' : ` to ${args.file}`}.`);
    if (report.owners > 0)
      say(`Among them ${counted(report.owners, 'workflow')} with launches that the selected ones share.`);
  } catch (error) {
    await target.discard();
    throw error;
  }
  return EXIT.ok;
}

function stdoutTarget({ io }: CommandContext): Target {
  const out = bufferedOut((text) => writeOut(io, text));
  return { write: (line) => out.write(`${line}\n`), finish: out.flush, discard: () => Promise.resolve() };
}

/** Under another name until it is whole: half an export must not look like one. */
async function fileTarget({ file, force }: ExportArgs, { cwd, signal }: Io): Promise<Target> {
  const path = resolve(cwd, file);
  if (!force && (await exists(path))) {
    throw new LpadError('USAGE', `${file} is there already; nothing was written`, {
      hint: `lpad export --force ${file}   (replaces it)`,
    });
  }
  const part = `${path}.part`;
  const failed = (error: unknown): never => {
    throw new LpadError('FAILED', `cannot write ${file}: ${messageOf(error)}`, { cause: error });
  };
  const handle: FileHandle = await open(part, 'w').catch(failed);
  // An interrupted query is abandoned where it is: nobody comes back to discard this.
  const removePart = (): void => {
    rmSync(part, { force: true });
  };
  signal.addEventListener('abort', removePart, { once: true });
  const out = bufferedOut((text) => handle.appendFile(text).catch(failed));
  return {
    write: (line) => out.write(`${line}\n`),
    finish: async () => {
      await out.flush();
      await handle.sync().catch(failed);
      await handle.close();
      await rename(part, path).catch(failed);
      signal.removeEventListener('abort', removePart);
    },
    discard: async () => {
      await handle.close().catch(() => undefined);
      removePart();
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
