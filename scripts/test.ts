/**
 * `npm test`: every check of this repository, in order of their cost, and all of them even if one fails.
 * The last line is `N passed, N failed`, which counts jest's tests and one for each other step.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SKIPPED_WITHOUT, mustHaveAll } from '../test/support/outside';
import { runProgram } from '../test/support/run-program';
import { createTemporaryFolder } from '../test/support/temporary-folder';
import {
  FAILED,
  PASSED,
  add,
  countLine,
  skippedForWant,
  tallyOf,
  type JestReport,
  type Tally,
} from './report';
import { ROOT, endWith, runInherited } from './run-step';

/** What npm runs beside jest; each is a script of package.json. */
const STEPS = ['typecheck', 'lint', 'format:check', 'depcruise', 'docs:check', 'build'];

async function main(): Promise<number> {
  const tallies: Tally[] = [];
  for (const step of STEPS) {
    tallies.push(await runStep(step));
  }
  tallies.push(await runJest(process.argv.slice(2)));
  const total = add(...tallies);
  process.stdout.write(`${countLine(total)}\n`);
  return total.failed === 0 ? 0 : 1;
}

/** Says one line if all is well, and everything if not. */
async function runStep(step: string): Promise<Tally> {
  const started = Date.now();
  const { code, stdout, stderr } = await runProgram('npm', ['run', '--silent', step], { cwd: ROOT });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (code === 0) {
    process.stdout.write(`ok    ${step} (${seconds} s)\n`);
    return PASSED;
  }
  process.stdout.write(`FAIL  ${step} (${seconds} s)\n${stdout}${stderr}\n`);
  return FAILED;
}

async function runJest(args: readonly string[]): Promise<Tally> {
  const folder = createTemporaryFolder();
  try {
    const outputFile = join(folder, 'report.json');
    const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
    const code = await runInherited(process.execPath, [jest, '--json', '--outputFile', outputFile, ...args]);
    const report = readReport(outputFile);
    const tally = tallyOf(report, code);
    process.stdout.write(`${tally.failed === 0 ? 'ok  ' : 'FAIL'}  jest\n`);
    return report === undefined ? tally : add(tally, complain(report));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Undefined if jest ended before it wrote one. */
function readReport(path: string): JestReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JestReport;
  } catch {
    return undefined;
  }
}

/** Tests that were skipped since there is no MongoDB or no peer are named, and with CI=true they are a failure. */
function complain(report: JestReport): Tally {
  const missed = skippedForWant(report, SKIPPED_WITHOUT);
  if (missed.length === 0) {
    return add();
  }
  const lines = missed.map((title) => `  ${title}\n`).join('');
  process.stdout.write(
    `\n*** NOT EVERYTHING WAS TESTED ***\n${lines}CONTRIBUTING.md says what is needed.\n\n`,
  );
  return mustHaveAll() ? FAILED : add();
}

endWith(main);
