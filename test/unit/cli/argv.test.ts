import { findCommand } from '../../../src/cli/program/find-command';
import { normalizeArgv } from '../../../src/cli/program/argv';
import { LpadError } from '../../../src/errors';
import { fakeProgram } from './fake-program';

const { program } = fakeProgram();

function normalized(line: string | readonly string[]): {
  command: string | undefined;
  globals: readonly string[];
  args: readonly string[];
} {
  const words = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
  const found = findCommand(words, program);
  const named = program.commands.find(({ name }) => name === found.command?.name);
  const { command, globals, args } = normalizeArgv(words, program, found, named);
  return { command: command?.name, globals, args };
}

/** `message → hint` of the error that a command line gives. */
function complaint(line: string | readonly string[]): string {
  try {
    normalized(line);
  } catch (error) {
    if (!(error instanceof LpadError)) throw error;
    expect(error.exitStatus).toBe(2);
    return [error.message, ...(error.hint === undefined ? [] : [error.hint])].join(' → ');
  }
  throw new Error('no error');
}

describe('a command line becomes explicit', () => {
  test.each<[string, readonly string[]]>([
    ['rerun_fws -i 3', ['--fw_id=3']],
    ['rerun_fws -i 3 5 7-9', ['--fw_id=3', '--fw_id=5', '--fw_id=7-9']],
    ['rerun_fws -i 3 5 --dry-run', ['--fw_id=3', '--fw_id=5', '--dry-run']],
    ['rerun_fws -i 3 -i 5', ['--fw_id=3', '--fw_id=5']],
    ['rerun_fws -i3,5', ['--fw_id=3,5']],
    ['rerun_fws -i=3', ['--fw_id=3']],
    ['rerun_fws --fw_id=3', ['--fw_id=3']],
    ['rerun_fws --fw-id 3', ['--fw_id=3']],
    ['rerun_fws --task_level -i 3', ['--task-level', '--fw_id=3']],
    ['rerun_fws --fw 3', ['--fw_id=3']],
    ['rerun_fws --dry -i 3', ['--dry-run', '--fw_id=3']],
    [
      'rerun_fws --task-level -lid 3 4 -cp',
      ['--task-level', '--launch_id=3', '--launch_id=4', '--copy-data'],
    ],
    ['rerun_fws -lm -s FIZZLED', ['--launches_mode', '--state=FIZZLED']],
    ['rerun_fws -s fizzled READY -n a -n b', ['--state=fizzled', '--state=READY', '--name=a', '--name=b']],
    ['rerun_fws -m5 -y', ['--max=5', '--yes']],
    ['rerun_fws -m 5 -m 7', ['--max=5', '--max=7']],
    ['rerun_fws -m -1', ['--max=-1']],
    ['rerun_fws -i -3', ['--fw_id=-3']],
    ['rerun_fws --name=-x', ['--name=-x']],
    ['rerun_fws --name=', ['--name=']],
    ['rerun_fws -q -', ['--query=-']],
    ['rerun_fws --sort CREATED_ON', ['--sort=created_on']],
    ['rerun -i 3', ['--fw_id=3']],
    ['set_priority 10 -i 3', ['--fw_id=3', '--priority=10']],
    ['set_priority -i 3 10', ['--fw_id=3', '--priority=10']],
    ['set_priority -i 3 4 10', ['--fw_id=3', '--fw_id=4', '--priority=10']],
    ['set_priority -i 3 -- -10', ['--fw_id=3', '--priority=-10']],
    ['set_priority -wf -5 -n x', ['--whole', '--name=x', '--priority=-5']],
    ['add a.yaml b.yaml -c', ['--check', '--wf_file=a.yaml', '--wf_file=b.yaml']],
    ['add -- -c', ['--wf_file=-c']],
    ['admin tuneup', []],
  ])('%s', (line, args) => {
    expect(normalized(line).args).toEqual(args);
  });

  test('a value with blanks, equals signs and line ends stays one value', () => {
    const query = '{"name": "a = b",\n "x": 1}';
    expect(normalized(['get_fws', '-q', query]).args).toEqual([`--query=${query}`]);
    expect(normalized(['get_fws', `--query=${query}`]).args).toEqual([`--query=${query}`]);
    expect(normalized(['get_fws', '-n', '- a name']).args).toEqual(['--name=- a name']);
  });
});

describe('global options', () => {
  test('stand before the command or after it', () => {
    const before = normalized('-l my.yaml -o json --debug get_fws -i 3');
    expect(before).toEqual({
      command: 'get_fws',
      globals: ['--launchpad_file=my.yaml', '--output=json', '--debug'],
      args: ['--fw_id=3'],
    });
    expect(normalized('get_fws -l my.yaml -i 3 -o JSON --debug')).toEqual(before);
  });

  test('give way behind a command that has the same letter', () => {
    expect(normalized('-s get_fws -s READY')).toEqual({
      command: 'get_fws',
      globals: ['--silencer'],
      args: ['--state=READY'],
    });
    expect(normalized('-c conf add -c f.yaml')).toEqual({
      command: 'add',
      globals: ['--config_dir=conf'],
      args: ['--check', '--wf_file=f.yaml'],
    });
    expect(normalized('get_fws -c conf')).toEqual({
      command: 'get_fws',
      globals: ['--config_dir=conf'],
      args: [],
    });
  });

  test('may be clustered', () => {
    expect(normalized('-so json get_fws').globals).toEqual(['--silencer', '--output=json']);
    expect(normalized('-lmy.yaml get_fws').globals).toEqual(['--launchpad_file=my.yaml']);
  });

  test('need no command', () => {
    expect(normalized('')).toEqual({ command: undefined, globals: [], args: [] });
    expect(normalized('--ver')).toEqual({ command: undefined, globals: ['--version'], args: [] });
    expect(normalized('--')).toEqual({ command: undefined, globals: [], args: [] });
  });
});

describe('a mistake is named, with what was probably meant', () => {
  test.each<[string, string]>([
    ['rerun_fws --taks-level', 'unknown option --taks-level for rerun_fws; did you mean --task-level?'],
    ['rerun_fws --dryrun', 'unknown option --dryrun for rerun_fws; did you mean --dry-run?'],
    ['rerun_fws --wibble', 'unknown option --wibble for rerun_fws'],
    ['rerun_fws --task-level -lib 3', 'unknown option -lib for rerun_fws; did you mean -lid?'],
    ['rerun_fws -x', 'unknown option -x for rerun_fws'],
    [
      'rerun_fws --launch 3',
      '--launch could be --launches_mode or --launch_id of rerun_fws; write more of it',
    ],
    ['rerun_fws -i', '-i/--fw_id needs a value, as in --fw_id IDS'],
    ['rerun_fws -i --dry-run', '-i/--fw_id needs a value, as in --fw_id IDS'],
    ['rerun_fws -n -z', '-n/--name needs a value, as in --name NAME → --name=-z'],
    ['rerun_fws -q', '-q/--query needs a value, as in --query QUERY'],
    ['rerun_fws -q --', '-q/--query needs a value, as in --query QUERY'],
    ['rerun_fws --yes=true', '-y/--yes takes no value, but got "true"'],
    ['rerun_fws -m ten', '-m/--max needs a whole number, not "ten"'],
    ['rerun_fws -m 1.5', '-m/--max needs a whole number, not "1.5"'],
    ['rerun_fws -m 0x10', '-m/--max needs a whole number, not "0x10"'],
    ['rerun_fws --max-unasked=', '--max-unasked needs a whole number, not ""'],
    [
      'get_fws -d idz',
      '-d/--display_format cannot be "idz": it is all, more, less, ids, count or reservations; did you mean ids?',
    ],
    ['get_fws -o xml', '-o/--output cannot be "xml": it is json, yaml, text, ids, markdown or html'],
    [
      'rerun_fws --task-level -cp -pd',
      '-cp/--copy-data and -pd/--previous-dir exclude each other; give one of them',
    ],
    ['rerun_fws -lid 3', '-lid/--launch_id needs --task-level beside it'],
    ['rerun_fws 3 5', 'rerun_fws has no place for "3" → lpad rerun_fws -i 3'],
    ['rerun_fws -n my firework', 'rerun_fws has no place for "firework" → lpad rerun_fws --help'],
    ['set_priority -i 3', 'set_priority needs PRIORITY: higher runs earlier → lpad set_priority -i 3 10'],
    ['set_priority high -i 3', 'PRIORITY needs a whole number, not "high"'],
    ['add', 'add needs FILE: workflow files → lpad add fw.yaml'],
    ['rerun_fsw', 'unknown command rerun_fsw; did you mean rerun_fws? → lpad --help'],
    ['Rerun-Fws', 'unknown command Rerun-Fws; did you mean rerun_fws? → lpad --help'],
    ['frobnicate', 'unknown command frobnicate → lpad --help'],
    [
      '-i 3 rerun_fws',
      '-i stands before the command, where only the options of lpad itself may be → lpad rerun_fws -i …',
    ],
    ['-s FIZZLED rerun_fws', 'unknown command FIZZLED → lpad rerun_fws …, with its options behind it'],
    ['--wibble', 'unknown option --wibble for lpad'],
    ['-l', '-l/--launchpad_file needs a value, as in --launchpad_file FILE'],
    ['admin', 'admin needs one more word: tuneup → lpad admin --help'],
    ['admin tunup', 'unknown command admin tunup; did you mean tuneup? → lpad admin --help'],
  ])('%s', (line, expected) => {
    expect(complaint(line)).toBe(expected);
  });
});
