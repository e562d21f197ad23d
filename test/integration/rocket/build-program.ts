/** The programs as they are shipped, in a folder of the test's own: dist/ may be old, or being written. */
import { cpSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram } from '../../support/run-program';

const ROOT = resolve(__dirname, '../../..');

/** The path of bin/rlaunch.js, ready to be run by node. */
export async function buildRlaunch(folder: string): Promise<string> {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = [
    '--outDir',
    join(folder, 'dist'),
    '--declaration',
    'false',
    '--sourceMap',
    'false',
    '--noCheck',
  ];
  await runProgram(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), ...options]);
  cpSync(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  for (const name of ['node_modules', 'schemas', 'python', 'package.json'])
    symlinkSync(join(ROOT, name), join(folder, name));
  return join(folder, 'bin/rlaunch.js');
}
