import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentPlaceOf, writeJobFile, writeReturnFile } from '../../../../src/rocket/job/job-files';
import { temporaryFolder } from '../../../support/temporary-folder';

const scratch = temporaryFolder();
const job = (launchId: number): string => `{\n    "format": 1,\n    "launch_id": ${String(launchId)}\n}\n`;

describe('.lpad of a launch directory', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(scratch, 'run-'));
  });
  const read = (name: string): string => readFileSync(join(folder, '.lpad', name), 'utf8');

  it('has the job and what came of it', async () => {
    const { file } = await writeJobFile(folder, job(1));
    expect(file).toBe(join(folder, '.lpad/job.json'));
    expect(await writeReturnFile(file, 'first')).toBe(join(folder, '.lpad/job_return.json'));
    expect(readdirSync(join(folder, '.lpad')).sort()).toEqual(['job.json', 'job_return.json']);
  });

  it('numbers what came of earlier runs, the first one 1', async () => {
    const { file } = await writeJobFile(folder, job(1));
    for (const text of ['first', 'second', 'third']) await writeReturnFile(file, text);
    expect(['job_return.1.json', 'job_return.2.json', 'job_return.json'].map(read)).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('lets a run correct its own result', async () => {
    const { file } = await writeJobFile(folder, job(1));
    const written = await writeReturnFile(file, 'COMPLETED');
    await writeReturnFile(file, 'FIZZLED', written);
    expect(readdirSync(join(folder, '.lpad')).sort()).toEqual(['job.json', 'job_return.json']);
    expect(read('job_return.json')).toBe('FIZZLED');
  });

  it('keeps what earlier launches have left, also of another database with the same ids', async () => {
    for (const text of ['a', 'b', 'c'])
      await writeReturnFile((await writeJobFile(folder, job(1))).file, text);
    expect(readdirSync(join(folder, '.lpad')).sort()).toEqual([
      'job.json',
      'job_return.json',
      'launch-1',
      'launch-1-2',
    ]);
    expect([read('launch-1/job_return.json'), read('launch-1-2/job_return.json')]).toEqual(['a', 'b']);
    expect([read('launch-1/job.json'), read('job_return.json')]).toEqual([job(1), 'c']);
  });

  it('brings the result of a launch to its job when another one has begun there meanwhile', async () => {
    const slow = await writeJobFile(folder, job(1));
    const quick = await writeJobFile(folder, job(2));
    await writeReturnFile(await currentPlaceOf(quick), 'of 2');
    await writeReturnFile(await currentPlaceOf(slow), 'of 1');
    expect([read('job_return.json'), read('launch-1/job_return.json')]).toEqual(['of 2', 'of 1']);
  });

  it('loses none of many that begin at once', async () => {
    const ids = [1, 2, 3, 4];
    const all = await Promise.all(ids.map((id) => writeJobFile(folder, job(id))));
    for (const [index, one] of all.entries()) {
      expect(readFileSync(await currentPlaceOf(one), 'utf8')).toBe(job(ids[index] ?? 0));
    }
  });

  it('sets aside what was cut off as well', async () => {
    mkdirSync(join(folder, '.lpad'));
    writeFileSync(join(folder, '.lpad/job.json'), '{');
    await writeJobFile(folder, job(2));
    expect(read('launch-unknown/job.json')).toBe('{');
    expect(existsSync(join(folder, '.lpad/job_return.json'))).toBe(false);
  });
});
