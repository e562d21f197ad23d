/**
 * `npm run oracle -- [PATTERN] [--all] [-v]`: plays scenarios of the differential test, in which Python FireWorks and
 * this program must leave the same database. Without arguments those of test/interop/agreeing.txt, which must agree;
 * with --all every one, and it says which agree without being listed. The last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { peerCache } from '../test/support/install-peer';
import { mustRun } from '../test/support/run-program';
import { startMongod } from '../test/support/start-mongod';
import {
  compareWithList,
  onlyPattern,
  readAgreeing,
  readList,
  readOutcome,
  type Outcome,
} from './oracle-plan';
import { NOTHING, countLine } from './report';
import { ROOT, endWith } from './run-step';

const RUNNER = process.env['LPAD_ORACLE'] ?? join(ROOT, '..', 'shared', 'oracle', 'run.py');
const FOREIGN = 'node bin/lpad.js';
const AGREEING = join(ROOT, 'test', 'interop', 'agreeing.txt');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      verbose: { type: 'boolean', short: 'v', default: false },
    },
  });
  if (!existsSync(RUNNER)) {
    process.stderr.write(`${RUNNER} is not there: LPAD_ORACLE may name the differential test's run.py\n`);
    return 1;
  }
  const listed = readAgreeing(readFileSync(AGREEING, 'utf8'));
  const existing = await listScenarios();
  const chosen = choose(existing, listed, values.all, positionals[0]);
  const outcome = await play(chosen, values.verbose);
  const { unlisted, unknown } = compareWithList(listed, existing, outcome.agreed);
  unknown.forEach((name) =>
    process.stdout.write(`FAIL ${name}: is listed in agreeing.txt but does not exist\n`),
  );
  if (values.all && unlisted.length > 0) {
    process.stdout.write(
      `\nThese agree, and agreeing.txt does not list them yet:\n${unlisted.join('\n')}\n\n`,
    );
  }
  const failed = outcome.failed.length + unknown.length;
  process.stdout.write(`${countLine({ ...NOTHING, passed: outcome.agreed.length, failed })}\n`);
  return failed === 0 ? 0 : 1;
}

function choose(
  existing: readonly string[],
  listed: readonly string[],
  all: boolean,
  pattern: string | undefined,
): readonly string[] {
  if (pattern !== undefined) {
    const wanted = new RegExp(pattern);
    return existing.filter((name) => wanted.test(name));
  }
  return all ? existing : existing.filter((name) => listed.includes(name));
}

async function listScenarios(): Promise<readonly string[]> {
  return readList(await mustRun('python3', [RUNNER, '--list'], { cwd: ROOT, env: runnerEnvironment() }));
}

async function play(names: readonly string[], verbose: boolean): Promise<Outcome> {
  if (names.length === 0) {
    return { agreed: [], failed: [] };
  }
  const server = await startMongod();
  try {
    const options = ['--foreign', FOREIGN, '--uri', server.uri, '--only', onlyPattern(names), '-v'];
    return readOutcome(await runRunner(options, verbose), names);
  } finally {
    await server.stop();
  }
}

/** Shows what the runner prints as it comes (what agrees only on demand), and gives it back. */
async function runRunner(options: readonly string[], verbose: boolean): Promise<string> {
  const runner = spawn('python3', [RUNNER, ...options], {
    cwd: ROOT,
    env: runnerEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: runner.stdout })) {
    lines.push(line);
    if (verbose || /^(FAIL|diff:)/.test(line)) {
      process.stdout.write(`${line}\n`);
    }
  }
  return lines.join('\n');
}

function runnerEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PEER_CACHE: peerCache(), PYTHONDONTWRITEBYTECODE: '1' };
}

endWith(main);
