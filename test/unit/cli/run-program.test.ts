import { createContext } from '../../../src/cli/command-context';
import type { CommandContext } from '../../../src/cli/program/define-command';
import { OutputClosed, writeOut } from '../../../src/cli/io';
import { runProgram } from '../../../src/cli/run-program';
import { LpadError, type ExitStatus } from '../../../src/errors';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { fakeIo, type FakeIo } from '../../support/fake-io';
import { fakeProgram, type Ran } from './fake-program';

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly ran: readonly Ran[];
}

async function run(
  line: string | readonly string[],
  behaviour?: (context: CommandContext) => ExitStatus | Promise<ExitStatus>,
  fake: FakeIo = fakeIo(),
): Promise<Run> {
  const { program, ran } = fakeProgram(behaviour);
  const status = await runProgram(
    program,
    typeof line === 'string' ? line.split(' ').filter(Boolean) : line,
    fake.io,
  );
  return { status, out: fake.out(), err: fake.err(), ran };
}

test('a command gets every value by its camelCase name, typed', async () => {
  const { status, ran } = await run(
    'rerun_fws -i 3 5 -n a -lm -s FIZZLED --task-level -lid 7 -cp -m 5 --password 2026-11-21',
  );
  expect(status).toBe(0);
  expect(ran).toHaveLength(1);
  expect(ran[0]?.args).toEqual({
    fwId: ['3', '5'],
    name: ['a'],
    state: ['FIZZLED'],
    query: undefined,
    launchesMode: true,
    error: undefined,
    fingerprint: [],
    max: 5,
    sort: undefined,
    rsort: undefined,
    taskLevel: true,
    launchId: ['7'],
    copyData: true,
    previousDir: false,
    dryRun: false,
    yes: false,
    password: '2026-11-21',
    maxUnasked: 10,
  });
});

test.each([
  ['', ''],
  ['"quoted"', '"quoted"'],
  ["'single'", "'single'"],
  ['0x10', '0x10'],
  ['true', 'true'],
  ['a.b=c', 'a.b=c'],
  ['line\nline', 'line\nline'],
])('the text %j arrives as it is', async (typed, arrives) => {
  const { ran } = await run(['get_fws', '-n', typed, `--query=${typed}`]);
  expect(ran[0]?.args).toMatchObject({ name: [arrives], query: arrives });
});

test('global values, before or after the command', async () => {
  const { ran } = await run('-s get_fws -o yaml -l my.yaml');
  expect(ran[0]?.context.globals).toEqual({
    launchpadFile: 'my.yaml',
    configDir: undefined,
    output: 'yaml',
    logdir: undefined,
    loglvl: undefined,
    silencer: true,
    debug: false,
    noColor: false,
    version: false,
    help: false,
  });
});

test('the exit status is the handler’s', async () => {
  expect((await run('rerun_fws -i 3', () => 5)).status).toBe(5);
});

test('what is said goes to stderr, and --silencer leaves the warnings', async () => {
  const talk = ({ say, warn }: CommandContext): ExitStatus => {
    say('done');
    warn('but');
    return 0;
  };
  expect(await run('rerun_fws -i 3', talk)).toMatchObject({ out: '', err: 'done\nwarning: but\n' });
  expect(await run('-s rerun_fws -i 3', talk)).toMatchObject({ out: '', err: 'warning: but\n' });
});

describe('a failure', () => {
  test.each<[string, LpadError, number, string]>([
    [
      'with a hint',
      new LpadError('NO_DATABASE', 'no answer', { hint: 'start it\nor lpad init' }),
      3,
      'lpad: no answer\n  try: start it\n  try: or lpad init\n',
    ],
    ['without', new LpadError('CONFLICT', 'it changed'), 1, 'lpad: it changed\n'],
    ['of usage', new LpadError('USAGE', 'not so'), 2, 'lpad: not so\n  try: lpad rerun_fws --help\n'],
    ['of agreement', new LpadError('NOT_CONFIRMED', 'no --yes'), 4, 'lpad: no --yes\n'],
  ])('%s is told on stderr', async (_what, error, status, err) => {
    expect(await run('rerun_fws -i 3 -o json', async () => Promise.reject(error))).toMatchObject({
      status,
      out: '',
      err,
    });
  });

  test('that nobody expected is an internal error, with a stack for --debug', async () => {
    const bug = async (): Promise<ExitStatus> =>
      Promise.reject(new TypeError('x is not a function', { cause: new Error('deep') }));
    expect(await run('rerun_fws -i 3', bug)).toMatchObject({
      status: 1,
      out: '',
      err: 'lpad: internal error: x is not a function; run again with --debug\n',
    });
    const debugged = await run('rerun_fws -i 3 --debug', bug);
    expect(debugged.err).toMatch(
      /^lpad: internal error: x is not a function\nTypeError: x is not a function\n +at /,
    );
    expect(debugged.err).toContain('caused by:\nError: deep\n');
  });

  test('shows no password', async () => {
    const leak = async (): Promise<ExitStatus> =>
      Promise.reject(new Error('cannot reach mongodb://ada:s3cret@db.example.org/fw'));
    const { err } = await run('rerun_fws -i 3 --debug', leak);
    expect(err).toContain('db.example.org');
    expect(err).not.toContain('s3cret');
  });

  test('of the command line runs nothing', async () => {
    expect(await run('rerun_fws --taks-level -i 3')).toMatchObject({
      status: 2,
      err: 'lpad: unknown option --taks-level for rerun_fws; did you mean --task-level?\n  try: lpad rerun_fws --help\n',
      ran: [],
    });
    expect(await run('rerun_fsw -i 3')).toMatchObject({
      status: 2,
      err: 'lpad: unknown command rerun_fsw; did you mean rerun_fws?\n  try: lpad --help\n',
    });
  });

  test('to print in a format that the command does not have', async () => {
    expect(await run('rerun_fws -i 3 -o yaml')).toMatchObject({
      status: 2,
      err: 'lpad: rerun_fws cannot print yaml; it can print -o text, -o json or -o ids\n  try: lpad rerun_fws --help\n',
      ran: [],
    });
  });
});

describe('an interrupt', () => {
  test('ends a query at once', async () => {
    const fake = fakeIo();
    const running = run('get_fws', async () => new Promise(() => setTimeout(fake.interrupt, 5)), fake);
    expect(await running).toMatchObject({ status: 130, err: 'lpad: interrupted\n' });
  });

  test('lets a change finish what it has begun', async () => {
    const fake = fakeIo();
    const change = async ({ io }: CommandContext): Promise<ExitStatus> => {
      fake.interrupt();
      await new Promise((resolve) => setTimeout(resolve, 5));
      return io.signal.aborted ? 130 : 0;
    };
    expect(await run('rerun_fws -i 3', change, fake)).toMatchObject({
      status: 130,
      err: 'finishing what has begun; interrupt again to stop at once\n',
    });
  });
});

test('`lpad get_fws | head` ends quietly', async () => {
  const fake = fakeIo();
  const closed = (): ExitStatus => {
    throw new OutputClosed();
  };
  expect(await run('get_fws', closed, fake)).toMatchObject({ status: 0, err: '' });
});

describe('the store', () => {
  function openable(): { readonly store: LaunchPadStore; closed(): number } {
    let closed = 0;
    const close = (): Promise<void> => Promise.resolve(void (closed += 1));
    // Only its end matters here.
    return { store: { close } as unknown as LaunchPadStore, closed: () => closed };
  }

  test('is opened once, and closed after the command, also when that fails', async () => {
    const { store, closed } = openable();
    const { program } = fakeProgram(async ({ openStore }) => {
      expect(await openStore()).toBe(await openStore());
      throw new LpadError('FAILED', 'later');
    });
    expect(
      await runProgram(
        { ...program, openStore: () => Promise.resolve(store) },
        ['rerun_fws', '-i', '3'],
        fakeIo().io,
      ),
    ).toBe(1);
    expect(closed()).toBe(1);
  });

  test('that cannot be opened needs no closing', async () => {
    const noDatabase = async ({ openStore }: CommandContext): Promise<ExitStatus> =>
      openStore().then(() => 0 as const);
    expect(await run('rerun_fws -i 3', noDatabase)).toMatchObject({
      status: 1,
      err: 'lpad: internal error: no store here; run again with --debug\n',
    });
  });
});

test('the command line is kept for the journal without secrets', async () => {
  const { ran } = await run('rerun_fws -i 3 -q mongodb://ada:s3cret@db/fw');
  expect(ran[0]?.context.commandLine.slice(0, 4)).toEqual(['lpad', 'rerun_fws', '-i', '3']);
  expect(ran[0]?.context.commandLine.join(' ')).not.toContain('s3cret');
  const { ran: named } = await run('rerun_fws -i 3 -n password=hush');
  expect(named[0]?.context.commandLine).toEqual(['lpad', 'rerun_fws', '-i', '3', '-n', 'password=***']);
});

test('only a query ends when its reader goes', async () => {
  const fake = fakeIo();
  const { program } = fakeProgram();
  const policies = program.commands.map(async (command) => {
    const context = await createContext(program, command, {
      globals: {} as CommandContext['globals'],
      argv: [],
      io: fake.io,
    });
    await writeOut(context.io, '');
    return `${command.name}: ${context.io.whenOutputCloses}`;
  });
  expect(await Promise.all(policies)).toEqual([
    'get_fws: end',
    'rerun_fws: go on',
    'set_priority: go on',
    'add: go on',
    'admin tuneup: go on',
  ]);
});
