/** The programs as they are shipped, built once for all test files of a run: dist/ may be old, or being written. */
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../support/run-program';
import { RUN_FOLDER } from '../../support/run-folder';

const ROOT = resolve(__dirname, '../../..');

/** The path of bin/rlaunch.js, ready to be run by node. */
export async function buildRlaunch(): Promise<string> {
  const folder = join(process.env[RUN_FOLDER] ?? '', 'build');
  const done = join(folder, 'done');
  if (isFirst(folder)) {
    await build(folder);
    writeFileSync(done, '');
  }
  while (!existsSync(done)) await sleep(100);
  return join(folder, 'bin/rlaunch.js');
}

/** Several test files run at the same time: who makes the folder builds. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function build(folder: string): Promise<void> {
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
}
