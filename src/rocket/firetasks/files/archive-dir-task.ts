/** FireWorks' ArchiveDirTask: the launch directory as one archive (firetasks.md, section 4). */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { defineFiretask, FiretaskError, type FiretaskContext } from '../../define-firetask';
import { LastLines } from '../last-lines';
import { parameters, TEXT } from '../parameter-types';
import { pythonRepr } from '../python-repr';
import { runCommand } from '../run-command';
import { convert, missing } from '../../directory/compression';
import { walk } from './walk-files';

interface Format {
  readonly extension: string;
  readonly compression: '' | 'gz' | 'bz2' | 'xz';
}

const TARS: Readonly<Record<string, Format>> = {
  tar: { extension: '.tar', compression: '' },
  gztar: { extension: '.tar.gz', compression: 'gz' },
  bztar: { extension: '.tar.bz2', compression: 'bz2' },
  xztar: { extension: '.tar.xz', compression: 'xz' },
};

export const archiveDirTask = defineFiretask({
  name: 'ArchiveDirTask',
  parameters: parameters(['base_name'], { base_name: { type: 'string' }, format: TEXT }),
  run: async (context): Promise<void> => {
    const { launchDir, parameters: given } = context;
    const base = resolve(launchDir, String(given['base_name']));
    const format = (given['format'] ?? 'gztar') as string;
    const tar = Object.hasOwn(TARS, format) ? TARS[format] : undefined;
    if (!tar && format !== 'zip') {
      throw new FiretaskError('ValueError', `unknown archive format ${pythonRepr(format)}`);
    }
    await mkdir(dirname(base), { recursive: true });
    if (tar) await archiveTar(base, tar, context);
    else await archiveZip(`${base}.zip`, context);
  },
});

async function archiveTar(
  base: string,
  { extension, compression }: Format,
  context: FiretaskContext,
): Promise<void> {
  const archive = base + extension;
  const plain = compression === '' ? archive : `${archive}.lpad-plain`;
  const members = await membersOf(context.launchDir, [archive, plain]);
  try {
    const list = ['.', ...members].map((name) => `${name}\0`).join('');
    await pack(['tar', '-cf', plain, '--no-recursion', '--null', '-T', '-'], list, context);
    if (compression !== '') await convert(plain, archive, '', compression);
  } finally {
    if (compression !== '') await rm(plain, { force: true });
  }
}

async function archiveZip(archive: string, context: FiretaskContext): Promise<void> {
  const members = await membersOf(context.launchDir, [archive]);
  // `zip` would add to an archive that is there.
  await rm(archive, { force: true });
  await pack(['zip', '-q', archive, '-@'], members.map((name) => `${name}\n`).join(''), context);
}

/** All but the archive itself, which Python may pack into itself. */
async function membersOf(folder: string, archives: readonly string[]): Promise<readonly string[]> {
  const own = archives.map((archive) => relative(folder, archive));
  return (await walk(folder)).flatMap(({ path }) => (own.includes(path) ? [] : [`./${path}`]));
}

async function pack(command: readonly string[], list: string, context: FiretaskContext): Promise<void> {
  const [program = ''] = command;
  const errors = new LastLines();
  const { returnCode } = await runCommand({
    command,
    shell: undefined,
    cwd: context.launchDir,
    stdin: list,
    captureStdout: true,
    captureStderr: true,
    output: context.output,
    onStderr: (chunk) => errors.add(chunk),
    signal: context.signal,
  }).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? missing(program) : error;
  });
  if (returnCode === 0) return;
  throw new FiretaskError('OSError', `${program} ended with status ${String(returnCode)}`, {
    notes: errors.lines(),
  });
}
