import { main } from '../../../src/cli/main';
import { runProgram } from '../../../src/cli/run-program';
import { fakeIo } from '../../support/fake-io';
import { fakeProgram } from './fake-program';

async function help(line: string, columns = 100): Promise<{ status: number; out: string; err: string }> {
  const fake = fakeIo('', { columns });
  const status = await runProgram(fakeProgram().program, line.split(' ').filter(Boolean), fake.io);
  return { status, out: fake.out(), err: fake.err() };
}

describe('help on the program', () => {
  test('lists the commands by what they are for', async () => {
    const { status, out, err } = await help('--help');
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(
      /^lpad \[options\] command …\n\nLooks after Fireworks\.\n\nLook:\n {2}get_fws +List Fireworks\n\nChange:\n {2}rerun_fws/,
    );
    expect(out).toMatch(/Database and configuration:\n {2}admin tuneup +Create indexes\n\nGlobal:\n/);
    expect(out).toMatch(/-l, --launchpad_file FILE +the my_launchpad.yaml to use/);
  });

  test.each(['', '-h', 'help', '-o json -h'])('is what `lpad %s` prints', async (line) => {
    expect(await help(line)).toEqual(await help('--help'));
  });

  test('is never wider than the terminal', async () => {
    for (const line of ['--help', 'rerun_fws --help']) {
      for (const columns of [60, 80, 200]) {
        const { out } = await help(line, columns);
        expect(Math.max(...out.split('\n').map((one) => one.length))).toBeLessThanOrEqual(
          Math.min(columns, 100),
        );
      }
    }
  });
});

describe('help on a command', () => {
  test('shows how it is used, its options in groups, and examples', async () => {
    const { out } = await help('rerun_fws --help');
    expect(out).toMatch(/^lpad rerun_fws \[options\]\n\nRerun Fireworks\.\n/);
    expect(out).toMatch(/^Which:\n {2}-i, --fw_id IDS +ids: 3 5, 3,5 or 3-9$/m);
    expect(out).toMatch(/^ -lm, --launches_mode +ask -q and -s of the active launches$/m);
    expect(out).toMatch(/^-lid, --launch_id LAUNCH_IDS +recover from these$/m);
    expect(out).toMatch(/--max-unasked N +ask before changing more than N \(default 10\)/);
    expect(out).toMatch(/^Examples:\n +lpad rerun_fws -s FIZZLED +everything that failed$/m);
    expect(out).toContain('Also called rerun.');
    expect(out).not.toContain('\u0000');
  });

  test('names a global short flag only where it is not the command’s', async () => {
    const { out } = await help('rerun_fws --help');
    expect(out).toMatch(/^ {2}-s, --state STATE/m);
    expect(out).toMatch(/^ {6}--silencer/m);
  });

  test('names the formats that the command has, and of one without any no format', async () => {
    const outputs = async (name: string, asked: readonly string[]): Promise<string> => {
      const fake = fakeIo('');
      const { program } = fakeProgram();
      const commands = program.commands.map((one) => {
        const command = one.name === name ? { ...one, outputs: asked as never } : one;
        return { ...command, load: () => Promise.resolve(command) };
      });
      await runProgram({ ...program, commands }, [name, '--help'], fake.io);
      return fake.out();
    };
    expect(await outputs('get_fws', ['text', 'html'])).toContain('what goes to stdout (text, html)');
    expect(await outputs('get_fws', [])).not.toContain('--output');
    expect((await help('get_fws --help')).out).toContain('what goes to stdout (json, yaml)');
  });

  test('shows positionals', async () => {
    const { out } = await help('add --help');
    expect(out).toMatch(/^lpad add FILE… \[options\]\n/);
    expect(out).toMatch(/FILE +workflow files/);
  });

  test.each([
    'rerun_fws -h',
    'help rerun_fws',
    'rerun_fws -i --help',
    'rerun_fws --wibble -h',
    '--help rerun_fws',
    'rerun --help',
  ])('is what `lpad %s` prints', async (line) => {
    expect(await help(line)).toEqual(await help('rerun_fws --help'));
  });

  test('on an unknown command says so', async () => {
    expect(await help('rerun_fsw --help')).toEqual({
      status: 2,
      out: '',
      err: 'lpad: unknown command rerun_fsw; did you mean rerun_fws?\n  try: lpad --help\n',
    });
  });

  test('on a family lists its members', async () => {
    const { out } = await help('admin --help');
    expect(out).toContain('admin tuneup');
    expect(out).not.toContain('rerun_fws');
  });
});

describe('the version', () => {
  test.each(['--version', '-v', '-v -o json', 'version'])('`lpad %s` is a line', async (line) => {
    const fake = fakeIo();
    const words = line.split(' ');
    expect(await main(words, fake.io)).toBe(0);
    expect(fake.out()).toMatch(/^lpad v\d+\.\d+\.\d+ located in \/.*\n$/);
  });

  test('as data', async () => {
    const fake = fakeIo();
    expect(await main(['version', '-o', 'json'], fake.io)).toBe(0);
    expect(JSON.parse(fake.out())).toMatchObject({
      version: expect.stringMatching(/^\d/) as string,
      node: process.version,
    });
  });
});
