/** Python FireWorks, for the tests in which both programs work on the same database. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { peerCache, peerPython } from './install-peer';
import type { TestDatabase } from './mongod';
import { mongoUri } from './mongod';
import { describeWith } from './outside';
import { runProgram, type ProgramOptions, type ProgramResult } from './run-program';

/** `describe`, for tests that need Python's FireWorks and a MongoDB that both programs use. */
export function describeWithPeer(name: string, tests: () => void): void {
  const missing = [
    ...(peerPython() === undefined ? ["Python's FireWorks"] : []),
    ...(mongoUri() === undefined ? ['a MongoDB'] : []),
  ];
  describeWith(missing.join(' and '), missing.length === 0, name, tests);
}

/** FireWorks logs to stdout, between the data, and some of its modules do so whatever the level. */
const QUIET = 'import logging; logging.disable()';

/** Runs a Python program that may `import fireworks`; `args` are its sys.argv[1:]. Any exit code is a result. */
export function runPeer(
  code: string,
  args: readonly string[] = [],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const python = peerPython();
  if (python === undefined) {
    throw new Error("Python's FireWorks is not installed: put these tests into describeWithPeer");
  }
  return runProgram(python, ['-c', `${QUIET}\n${code}`, ...args], {
    ...options,
    env: peerEnvironment(options.env),
  });
}

const LPAD = 'import sys; from fireworks.scripts.lpad_run import lpad; sys.exit(lpad(sys.argv[1:]))';
const RLAUNCH =
  'import sys; from fireworks.scripts.rlaunch_run import rlaunch; sys.exit(rlaunch(sys.argv[1:]))';

/** Python's `lpad -l FILE ARGS`, in the file's folder. */
export function peerLpad(launchpadFile: string, ...args: readonly string[]): Promise<ProgramResult> {
  return runPeer(LPAD, ['-l', launchpadFile, ...args], { cwd: dirname(launchpadFile) });
}

/** Python's `rlaunch -l FILE ARGS` in a folder, where it leaves its launch folders. */
export function peerRlaunch(
  launchpadFile: string,
  folder: string,
  ...args: readonly string[]
): Promise<ProgramResult> {
  return runPeer(RLAUNCH, ['-l', launchpadFile, ...args], { cwd: folder });
}

/** Writes the launchpad file that makes either program use this database; its path. */
export function writeLaunchpadFile(folder: string, database: TestDatabase): string {
  const path = join(folder, 'my_launchpad.yaml');
  const settings = {
    host: database.uri,
    name: database.name,
    uri_mode: true,
    logdir: null,
    strm_lvl: 'CRITICAL',
  };
  // JSON is YAML.
  writeFileSync(path, `${JSON.stringify(settings, undefined, 2)}\n`);
  return path;
}

/** No settings of this user: FireWorks looks for its configuration in the home folder. */
function peerEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const home = join(peerCache(), 'empty-home');
  mkdirSync(home, { recursive: true });
  const { FW_CONFIG_FILE: _usersOwn, ...others } = env;
  return { ...others, HOME: home, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' };
}
