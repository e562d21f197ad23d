import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { main } from '../../src/cli/main';
import type { Io } from '../../src/cli/io';
import { loadLaunchPadConfig } from '../../src/config/launchpad-config';
import { temporaryFolder } from '../support/temporary-folder';
import { fakeIo } from '../support/fake-io';

const home = temporaryFolder();
const newFolder = (): string => mkdtempSync(join(home, 'init-'));

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  readonly cwd: string;
}

/** Runs `lpad init` in a new folder, or in that of an earlier run, without a terminal unless `changes` bring one. */
async function init(
  words: readonly string[],
  input = '',
  { cwd = newFolder(), ...changes }: Partial<Io> = {},
): Promise<Ran> {
  const fake = fakeIo(input, { cwd, home, ...changes });
  const status = await main(['init', ...words], fake.io);
  return { status, out: fake.out(), err: fake.err(), cwd };
}

/** A person at a terminal, who answers each question when it is asked. What is typed in raw mode is not echoed. */
function person(answers: readonly string[]): { changes: Partial<Io>; rawModes: readonly boolean[] } {
  const rawModes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => rawModes.push(raw) });
  const left = [...answers];
  const stderr = new PassThrough();
  stderr.on('data', (chunk: Buffer) => {
    if (!/: $|\) $/.test(String(chunk))) return;
    const answer = left.shift();
    if (answer === undefined) stdin.end();
    else stdin.write(answer);
  });
  return { changes: { stdin, stderr, stdinIsTTY: true, stderrIsTTY: true, stdoutIsTTY: true }, rawModes };
}

function written({ cwd }: Ran, file = 'my_launchpad.yaml'): string {
  return readFileSync(join(cwd, file), 'utf8');
}

function load({ cwd }: Ran, file = 'my_launchpad.yaml'): ReturnType<typeof loadLaunchPadConfig> {
  return loadLaunchPadConfig({ file, env: {}, cwd, home });
}

describe('lpad init with options', () => {
  test('writes the folder of an embedded database, as seen from the file', async () => {
    const ran = await init(['--path', 'db']);
    expect(ran).toMatchObject({ status: 0, out: '' });
    expect(ran.err).toBe(
      'Configuration written to my_launchpad.yaml!\nnext: lpad -l my_launchpad.yaml add workflow.yaml\n',
    );
    expect(written(ran)).toBe('path: db\n');
    expect(await load(ran)).toMatchObject({ kind: 'embedded', folder: join(ran.cwd, 'db') });
  });

  test('writes a server with what FireWorks takes for granted', async () => {
    const ran = await init(['--host', 'db.example.org']);
    expect(ran.status).toBe(0);
    expect(ran.err).toContain('next, with a new database: lpad -l my_launchpad.yaml reset\n');
    expect(written(ran)).toBe(
      'authsource: null\nhost: db.example.org\nname: fireworks\npassword: null\nport: 27017\nusername: null\n',
    );
    expect(await load(ran)).toMatchObject({ display: 'db.example.org:27017/fireworks' });
  });

  test('uses the file of certificates, which FireWorks asks for and forgets', async () => {
    const ran = await init(['--host', 'db.example.org', '--ssl_ca_file', 'ca.pem']);
    expect(ran.err).toContain(`warning: there is no file ${join(ran.cwd, 'ca.pem')} yet`);
    expect(await load(ran)).toMatchObject({
      clientOptions: { tls: true, tlsCAFile: join(ran.cwd, 'ca.pem') },
    });
  });

  test.each([
    'plain',
    '0123',
    '1e3',
    'yes',
    'null',
    'a: b #c',
    `'"\\`,
    ' blanks ',
    'ü€😀',
    '2026-01-01',
    '!x',
  ])('keeps the user and password %j as they are', async (secret) => {
    const ran = await init(['--host', 'h', `--username=${secret}`, `--password=${secret}`]);
    expect(await load(ran)).toMatchObject({
      clientOptions: { auth: { username: secret, password: secret } },
    });
    expect(ran.err).not.toContain(`password: ${secret}`);
  });

  test('reads a password from stdin for --password -', async () => {
    const ran = await init(['--host', 'h', '--username', 'ada', '--password', '-'], 's3cret\r\nmore\n');
    expect(await load(ran)).toMatchObject({ clientOptions: { auth: { password: 's3cret' } } });
  });

  test('writes a URI with the name that it has, since FireWorks wants it beside it', async () => {
    const ran = await init(['-u', '--host', 'mongodb://ada:pw@h1,h2/lab', '--config-file', 'lab.json']);
    expect(ran.status).toBe(0);
    expect(JSON.parse(written(ran, 'lab.json'))).toEqual({
      host: 'mongodb://ada:pw@h1,h2/lab',
      name: 'lab',
      uri_mode: true,
    });
    expect(ran.err).not.toContain('pw@');
  });

  test('leaves the file to its owner alone', async () => {
    const ran = await init(['--host', 'h']);
    expect(statSync(join(ran.cwd, 'my_launchpad.yaml')).mode & 0o777).toBe(0o600);
    await init(['--host', 'h2', '--yes'], '', { cwd: ran.cwd });
    expect(statSync(join(ran.cwd, 'my_launchpad.yaml')).mode & 0o777).toBe(0o600);
    expect(readdirSync(ran.cwd)).toEqual(['my_launchpad.yaml']);
  });

  test('replaces a file only with --yes', async () => {
    const first = await init(['--host', 'h']);
    const second = await init(['--path', 'db'], '', { cwd: first.cwd });
    expect(second).toMatchObject({
      status: 4,
      err: 'lpad: my_launchpad.yaml is there already; --yes replaces it; nothing was written\n',
    });
    expect(written(first)).toContain('host: h\n');
    expect(await init(['--path', 'db', '--yes'], '', { cwd: first.cwd })).toMatchObject({ status: 0 });
    expect(written(first)).toBe('path: db\n');
  });

  test.each([
    [[], 'init asks its questions on a terminal, and there is none\n  try: lpad init --path FOLDER'],
    [['-u'], 'try: lpad init -u --host mongodb://db.example.org/ --name fireworks'],
    [['-u', '--name', 'x'], '-u/--uri_mode needs the URI'],
    [['-u', '--host', 'db.example.org'], 'is no MongoDB URI'],
    [['-u', '--host', 'mongodb://h/'], 'the URI names no database'],
    [['-u', '--host', 'mongodb://h/', '--port', '3'], 'exclude each other'],
    [['--host', 'mongodb://h/'], 'the host is a URI\n  try: lpad init -u takes a URI'],
    [['--path', 'x', '--host', 'y'], 'exclude each other'],
    [['--host', 'h', '--port', '99999'], 'port: must be at most 65535, is 99999'],
    [['--host', 'h', '--port', 'abc'], 'needs a whole number'],
    [['--host', 'h', '--name='], 'name: must not be empty'],
    [['--path', 'x', '--config-file', 'x.txt'], 'ends in .yaml, .yml or .json'],
    [['--path', 'x', '-l', 'y.yaml'], 'try: lpad init --config-file y.yaml'],
    [
      ['--path', 'x', '--config-file', 'no/such.yaml'],
      'cannot write no/such.yaml: its folder does not exist',
    ],
  ])('lpad init %j exits 2 and writes nothing', async (words, message) => {
    const ran = await init(words);
    expect(ran).toMatchObject({ status: 2, out: '' });
    expect(ran.err).toContain(message);
    expect(readdirSync(ran.cwd)).toEqual([]);
  });
});

describe('lpad init at a terminal', () => {
  test("asks FireWorks' questions, and for the password without an echo", async () => {
    const { changes, rawModes } = person([
      'db.example.org\n',
      '27018\n',
      '\n',
      'ada\n',
      'pä§\u007fs\r',
      '\n',
      'admin\n',
    ]);
    const ran = await init([], '', changes);
    expect(ran.status).toBe(0);
    expect(rawModes).toEqual([true, false]);
    expect(await load(ran)).toMatchObject({
      display: 'db.example.org:27018/fireworks',
      clientOptions: { auth: { username: 'ada', password: 'päs' }, authSource: 'admin' },
    });
  });

  test('asks again for what cannot be', async () => {
    const answers = ['mongodb://h\n', 'h\n', 'abc\n', '70000\n', '27018\n', '\n', '\n', '\r', '\n', '\n'];
    const ran = await init([], '', person(answers).changes);
    expect(ran.status).toBe(0);
    expect(await load(ran)).toMatchObject({ display: 'h:27018/fireworks' });
  });

  test('with -u asks for the URI and the database', async () => {
    const ran = await init(['-u'], '', person(['db\n', 'mongodb://h1,h2/?w=1\n', 'lab\n', '\n']).changes);
    expect(ran.status).toBe(0);
    expect(written(ran)).toBe('host: mongodb://h1,h2/?w=1\nname: lab\nuri_mode: true\n');
  });

  test('asks for nothing but the password of a user that was named', async () => {
    const { changes, rawModes } = person(['s3cret\r']);
    const ran = await init(['--host', 'h', '--username', 'ada'], '', changes);
    expect(rawModes).toEqual([true, false]);
    expect(await load(ran)).toMatchObject({ clientOptions: { auth: { password: 's3cret' } } });
  });

  test.each([
    ['y\n', 0, 'path: db\n'],
    ['\n', 4, 'mine\n'],
  ])('asks before it replaces a file: %j', async (answer, status, text) => {
    const cwd = newFolder();
    writeFileSync(join(cwd, 'my_launchpad.yaml'), 'mine\n');
    const ran = await init(['--path', 'db'], '', { ...person([answer]).changes, cwd });
    expect(ran.status).toBe(status);
    expect(written(ran)).toBe(text);
  });

  test.each([[['h\n']], [['h\n', '\n', '\n', '\n', 'half\u0003']], [['h\n', '\n', '\n', '\n', '\u0004']]])(
    'writes nothing when it is given up after %j',
    async (answers) => {
      const { changes, rawModes } = person(answers);
      const ran = await init([], '', changes);
      expect(ran.status).toBe(130);
      expect(rawModes.at(-1) ?? false).toBe(false);
      expect(readdirSync(ran.cwd)).toEqual([]);
    },
  );
});
