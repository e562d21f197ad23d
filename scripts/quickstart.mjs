/**
 * `npm run quickstart`: a workflow that fails, is looked at, rerun and completed, with the commands a person would type.
 * It runs bin/lpad.js and bin/rlaunch.js in a folder `quickstart` of the current one, shows what they print, and stops at
 * the first step that does not do what it shows.
 */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const EXAMPLE = join(ROOT, 'examples', 'pendulum');
const INPUT = 'periods.csv';
const FOLDER = resolve('quickstart');
/** Says that the folder is ours to remove. */
const MARK = '.lpad-quickstart';

class StepFailed extends Error {}

async function main() {
  makeFolder();
  say(`A workflow in the folder ${FOLDER}: pi, then swing and average, then gravity.`);

  heading('A database in a folder; no server is needed');
  await lpad('init --path db');
  check('my_launchpad.yaml is there', existsSync(join(FOLDER, 'my_launchpad.yaml')));

  heading('Add the workflow');
  await lpad('add workflow.yaml');
  await checkStates({ pi: 'READY', swing: 'WAITING', average: 'WAITING', gravity: 'WAITING' });

  heading('Run it: average fails, because its input is missing');
  await rlaunch('rapidfire');
  await checkStates({ pi: 'COMPLETED', swing: 'COMPLETED', average: 'FIZZLED', gravity: 'WAITING' });

  heading('What failed, and which of it for this reason');
  const failed = JSON.parse(await lpad('get_fws -s FIZZLED'));
  check('average is the Firework that failed', failed.name === 'average');
  check('--error finds it', (await lpad(`get_fws --error ${INPUT} -d ids`)).trim() === String(failed.fw_id));

  heading('What a rerun would do; nothing is written');
  check('average would be rerun', /^rerun +\d+ average: /.test(await lpad('rerun_fws -s FIZZLED --dry-run')));
  await checkStates({ average: 'FIZZLED' });

  heading('Supply the input, and rerun what failed');
  shown(`cp ${relative(FOLDER, join(EXAMPLE, INPUT))} .`);
  copyFileSync(join(EXAMPLE, INPUT), join(FOLDER, INPUT));
  check('average is rerun', /^rerun +\d+ average: /.test(await lpad('rerun_fws -s FIZZLED')));
  await checkStates({ pi: 'COMPLETED', swing: 'COMPLETED', average: 'READY', gravity: 'WAITING' });

  heading('Run it: what had succeeded is not computed again');
  await rlaunch('rapidfire');
  await checkStates({ pi: 'COMPLETED', swing: 'COMPLETED', average: 'COMPLETED', gravity: 'COMPLETED' });
  check('five launches were made', launcherFolders().length === 5);

  heading('All is done');
  const workflow = JSON.parse(await lpad('get_wflows -d more'));
  check('the workflow is COMPLETED', workflow.state === 'COMPLETED');
  showResult();
  sayWhatNext();
}

/** A new folder with the workflow and its programs, but without its input. */
function makeFolder() {
  const there = lstatSync(FOLDER, { throwIfNoEntry: false });
  if (there !== undefined && !(there.isDirectory() && isOurs())) {
    throw new StepFailed(
      `${FOLDER} is there and is not of an earlier quickstart; move it, or start elsewhere`,
    );
  }
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  writeFileSync(
    join(FOLDER, MARK),
    'Made by `npm run quickstart`, which removes this folder when it is run again.\n',
  );
  for (const name of readdirSync(EXAMPLE)) {
    if (name !== INPUT) copyFileSync(join(EXAMPLE, name), join(FOLDER, name));
  }
}

function isOurs() {
  return existsSync(join(FOLDER, MARK)) || readdirSync(FOLDER).length === 0;
}

const lpad = (line) => command('lpad', line);
const rlaunch = (line) => command('rlaunch', line);

/** Shows a command with all that it prints; gives what it printed to stdout. It must succeed. */
async function command(program, line) {
  shown(`${program} ${line}`);
  return run(program, line, 'show');
}

function run(program, line, mode) {
  return new Promise((done, fail) => {
    const script = join(ROOT, 'bin', `${program}.js`);
    const child = spawn(process.execPath, [script, ...line.split(' ')], {
      cwd: FOLDER,
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      if (mode === 'show') process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
      if (mode === 'show') process.stdout.write(chunk);
    });
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(out);
      else
        fail(new StepFailed(`${program} ${line}: exit status ${code}${mode === 'show' ? '' : `\n${err}`}`));
    });
  });
}

/** The configuration of this folder and no other: neither a variable nor a home folder may name another database. */
function cleanEnvironment() {
  const { LPAD_URI: _uri, FW_CONFIG_FILE: _config, ...others } = process.env;
  return { ...others, HOME: FOLDER, USERPROFILE: FOLDER };
}

async function checkStates(expected) {
  const fireworks = JSON.parse(await run('lpad', 'get_fws -o json', 'check'));
  const states = Object.fromEntries(fireworks.map(({ name, state }) => [name, state]));
  for (const [name, state] of Object.entries(expected)) {
    check(`${name} is ${state} (it is ${states[name]})`, states[name] === state);
  }
}

function check(what, holds) {
  if (!holds) throw new StepFailed(`this should be, and is not: ${what}`);
}

function launcherFolders() {
  return readdirSync(FOLDER)
    .filter((name) => name.startsWith('launcher_'))
    .sort();
}

function showResult() {
  const file = join(launcherFolders().at(-1), 'gravity.txt');
  shown(`cat ${file}`);
  const result = readFileSync(join(FOLDER, file), 'utf8');
  process.stdout.write(result);
  check('gravity is what it is on Earth', /^g = 9\.8\d+ \+- 0\.\d+ m\/s2$/.test(result.trim()));
}

function sayWhatNext() {
  const folder = relative(process.cwd(), FOLDER);
  say(`
Done: every step did what it shows.

In ${FOLDER} are
  my_launchpad.yaml   which says where the database is: in db/
  workflow.yaml       the workflow, with the programs that it runs (*.mjs)
  launcher_*/         one folder per launch, with what it wrote

Try next:
  cd ${folder}
  alias lpad="node '${join(ROOT, 'bin', 'lpad.js')}'" rlaunch="node '${join(ROOT, 'bin', 'rlaunch.js')}'"
  lpad get_wflows -t                     the workflow in a line
  lpad get_fws -n gravity -d all         one Firework with its launches and results
  lpad rerun_fws -n swing --dry-run      what a rerun of finished work would undo
  lpad --help                            all commands

README.md tells how to use it with a FireWorks database, and every night from cron.`);
}

let steps = 0;

function heading(text) {
  steps += 1;
  say(`\n--- ${steps}. ${text}`);
}

function shown(line) {
  say(`$ ${line}`);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

main().catch((error) => {
  process.stderr.write(
    `\nquickstart: ${error instanceof StepFailed ? error.message : (error.stack ?? error)}\n`,
  );
  process.exitCode = 1;
});
