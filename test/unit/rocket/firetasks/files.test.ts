/** File Firetasks where they do better than FireWorks', and where it cannot judge; the rest is in test/interop. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueObject } from '../../../../src/domain/model';
import type { Firetask } from '../../../../src/rocket/define-firetask';
import { archiveDirTask } from '../../../../src/rocket/firetasks/files/archive-dir-task';
import { compressDirTask } from '../../../../src/rocket/firetasks/files/compress-dir-task';
import { fileTransferTask } from '../../../../src/rocket/firetasks/files/file-transfer-task';
import { temporaryFolder } from '../../../support/temporary-folder';
import { firetaskContext } from './firetask-context';

const scratch = temporaryFolder();
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'launch-'));
});

async function run(task: Firetask, parameters: ValueObject): Promise<readonly string[]> {
  const { context, log } = firetaskContext(folder, parameters);
  await task.run(context);
  return log;
}

function write(name: string, text = name): void {
  writeFileSync(join(folder, name), text);
}

describe('FileTransferTask', () => {
  it('takes names with src and dest in them', async () => {
    write('src.dest');
    await run(fileTransferTask, { mode: 'copy', files: ['src.dest'], dest: 'copy' });
    expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe('src.dest');
  });

  it('tries again what failed, and nothing else', async () => {
    write('one');
    mkdirSync(join(folder, 'to'));
    setTimeout(() => write('late'), 150);
    const log = await run(fileTransferTask, {
      mode: 'move',
      files: ['one', 'late'],
      dest: 'to',
      max_retry: 20,
      retry_delay: 0.05,
    });
    expect(readdirSync(join(folder, 'to')).sort()).toEqual(['late', 'one']);
    expect(log.length).toBeGreaterThan(0);
  });

  it('says what happened, with the reason', async () => {
    const parameters = { mode: 'copy', files: ['none', { src: 'a', dest: 'b' }], max_retry: 0 };
    await expect(run(fileTransferTask, parameters)).rejects.toMatchObject({
      name: 'ValueError',
      message:
        "There was an error performing operation copy from ['none', {'src': 'a', 'dest': 'b'}] to None",
      notes: ["KeyError: 'dest'"],
    });
  });

  it('refuses a server that is an option of sftp', async () => {
    write('one');
    const parameters = { mode: 'rtransfer', files: ['one'], dest: '/tmp', server: '-oProxyCommand=x' };
    await expect(run(fileTransferTask, parameters)).rejects.toMatchObject({
      notes: ['ValueError: the server and the user of FileTransferTask must not start with -'],
    });
  });
});

describe('FileTransferTask to another machine', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  /** A program in the place of sftp that notes what it is told; no server is at hand. */
  function noteSftp(status: number): void {
    const bin = mkdtempSync(join(scratch, 'bin-'));
    const text = `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/words\ncat > ${folder}/batch\necho refused >&2\nexit ${String(status)}\n`;
    writeFileSync(join(bin, 'sftp'), text, { mode: 0o755 });
    process.env['PATH'] = `${bin}:${path ?? ''}`;
  }

  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('has sftp make the folder and put files, those of a directory one level deep', async () => {
    noteSftp(0);
    write('one "1"*');
    mkdirSync(join(folder, 'dir/below'), { recursive: true });
    writeFileSync(join(folder, 'dir/two'), '');
    await run(fileTransferTask, {
      mode: 'rtransfer',
      files: ['one "1"*'],
      dest: 'to here',
      server: 'node',
      user: 'ada',
      key_filename: '/k',
    });
    expect(read('words').trim().split('\n')).toEqual([
      '-q',
      '-oBatchMode=yes',
      '-i',
      '/k',
      '-b',
      '-',
      'ada@node',
    ]);
    expect(read('batch')).toBe(`-mkdir "to here"\nput "${folder}/one \\"1\\"\\*" "to here/one \\"1\\"\\*"\n`);
    await run(fileTransferTask, { mode: 'rtransfer', files: ['dir'], dest: '/r', server: 'node' });
    expect(read('batch')).toBe(`-mkdir "/r"\nput "${folder}/dir/two" "/r/two"\n`);
  });

  it('fails with what sftp says', async () => {
    noteSftp(255);
    write('one');
    const parameters = { mode: 'rtransfer', files: ['one'], dest: '/r', server: 'node' };
    await expect(run(fileTransferTask, parameters)).rejects.toMatchObject({
      message: "There was an error performing operation rtransfer from ['one'] to /r",
      notes: ['refused', 'OSError: sftp to node ended with status 255'],
    });
  });

  it('fails clearly without sftp', async () => {
    process.env['PATH'] = scratch;
    write('one');
    const parameters = { mode: 'rtransfer', files: ['one'], dest: '/r', server: 'node' };
    await expect(run(fileTransferTask, parameters)).rejects.toMatchObject({
      notes: ['FileNotFoundError: rtransfer needs the program sftp, which is not installed here'],
    });
  });
});

describe('ArchiveDirTask', () => {
  const listing = (command: string): readonly string[] =>
    execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' }).trim().split('\n').sort();

  it.each([
    ['tar', 'tar -tf', 'all.tar'],
    ['gztar', 'tar -tzf', 'all.tar.gz'],
    ['bztar', 'tar -tjf', 'all.tar.bz2'],
    ['xztar', 'tar -tJf', 'all.tar.xz'],
  ])('packs all but itself: %s', async (format, list, archive) => {
    write('one');
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'dir', 'a b\nc'), 'x');
    for (let times = 0; times < 2; times += 1) await run(archiveDirTask, { base_name: 'all', format });
    expect(listing(`${list} ${archive}`)).toEqual(['./', './dir/', './dir/a b\\nc', './one']);
    expect(readdirSync(folder).sort()).toEqual([archive, 'dir', 'one']);
  });

  it('packs a zip that Python reads', async () => {
    write('one');
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'dir', 'two'), 'x');
    await run(archiveDirTask, { base_name: 'new/all', format: 'zip' });
    const names = 'import zipfile; print("\\n".join(zipfile.ZipFile("new/all.zip").namelist()))';
    expect(listing(`python3 -c '${names}'`)).toEqual(['dir/', 'dir/two', 'new/', 'one']);
  });

  it('knows no other format', async () => {
    await expect(run(archiveDirTask, { base_name: 'a', format: 'rar' })).rejects.toMatchObject({
      name: 'ValueError',
      message: "unknown archive format 'rar'",
    });
  });
});

describe('CompressDirTask', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  it('fails clearly, and changes nothing, without bzip2', async () => {
    process.env['PATH'] = scratch;
    write('one');
    await expect(run(compressDirTask, { compression: 'bz2' })).rejects.toMatchObject({
      message: `There was an error performing compression='bz2' in ${folder}.`,
      notes: ['FileNotFoundError: the program bzip2 is needed, and not installed here'],
    });
    expect(readdirSync(folder)).toEqual(['one']);
    expect(existsSync(join(folder, 'one.bz2'))).toBe(false);
  });
});
