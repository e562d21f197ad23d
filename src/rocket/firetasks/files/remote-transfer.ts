/** Files to another machine, by the user's own `sftp`, with the keys, agents and known hosts that it finds by itself. */
import { readdir, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import { FiretaskError, type FiretaskContext } from '../../define-firetask';
import { LastLines } from '../last-lines';
import { atPath } from '../python-failures';
import { runCommand } from '../run-command';

export interface Remote {
  readonly server: string;
  readonly user: string | undefined;
  readonly keyFilename: string | undefined;
}

/** Into a remote directory, which is made if it is missing; of a directory its files, one level deep. */
export async function sendFiles(
  source: string,
  dest: string,
  remote: Remote,
  context: FiretaskContext,
): Promise<void> {
  const files = await filesIn(source);
  const puts = files.map((file) => `put ${quoted(file)} ${quoted(posix.join(dest, basename(file)))}`);
  // `-` lets the batch go on when the directory is there already.
  await runBatch([`-mkdir ${quoted(dest)}`, ...puts], remote, context);
}

async function filesIn(source: string): Promise<readonly string[]> {
  return atPath(source, async () => {
    if (!(await stat(source)).isDirectory()) return [source];
    const entries = (await readdir(source)).map((name) => join(source, name));
    const found = await Promise.all(
      entries.map(async (entry) => ((await stat(entry)).isFile() ? [entry] : [])),
    );
    return found.flat();
  });
}

async function runBatch(lines: readonly string[], remote: Remote, context: FiretaskContext): Promise<void> {
  const { server, user, keyFilename } = remote;
  if (server.startsWith('-') || user?.startsWith('-') === true) {
    throw new FiretaskError(
      'ValueError',
      'the server and the user of FileTransferTask must not start with -',
    );
  }
  const errors = new LastLines();
  const { returnCode } = await runCommand({
    // BatchMode: nobody is there to type a password or to accept an unknown host.
    command: [
      'sftp',
      '-q',
      '-oBatchMode=yes',
      ...(keyFilename === undefined ? [] : ['-i', keyFilename]),
      '-b',
      '-',
      user === undefined ? server : `${user}@${server}`,
    ],
    shell: undefined,
    cwd: context.launchDir,
    stdin: `${lines.join('\n')}\n`,
    captureStdout: true,
    captureStderr: true,
    output: context.output,
    onStderr: (chunk) => errors.add(chunk),
    signal: context.signal,
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new FiretaskError(
      'FileNotFoundError',
      'rtransfer needs the program sftp, which is not installed here',
    );
  });
  if (returnCode === 0) return;
  throw new FiretaskError('OSError', `sftp to ${server} ended with status ${String(returnCode)}`, {
    notes: errors.lines(),
  });
}

/** For sftp's own words: quotes, and nothing of a name is a pattern. */
function quoted(path: string): string {
  if (/[\r\n]/.test(path)) {
    throw new FiretaskError('ValueError', 'a file name with a line break cannot be transferred with sftp');
  }
  return `"${path.replace(/[\\"*?[\]]/g, '\\$&')}"`;
}
