import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultStoreFolder } from '../../../src/config/data-folder';
import { FW_DEFAULTS, loadFwConfig } from '../../../src/config/fw-config';
import { AUTOMATIC_FWORKER, loadFWorker } from '../../../src/config/fworker';
import {
  type LaunchPadConfig,
  loadLaunchPadConfig,
  type MongoConfig,
} from '../../../src/config/launchpad-config';
import { LpadError } from '../../../src/errors';

let root: string;
let cwd: string;
let home: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'lpad-config-'));
  cwd = path.join(root, 'work');
  home = path.join(root, 'home');
  mkdirSync(path.join(home, '.fireworks'), { recursive: true });
  mkdirSync(cwd);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): string {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

interface Given {
  readonly file?: string;
  readonly configDir?: string;
  readonly env?: NodeJS.ProcessEnv;
}
const options = ({ env = {}, ...rest }: Given = {}) => ({ ...rest, env, cwd, home });
const load = (given?: Given): Promise<LaunchPadConfig> => loadLaunchPadConfig(options(given));
const mongo = async (text: string, given?: Given): Promise<MongoConfig> => {
  write('work/my_launchpad.yaml', text);
  const config = await load(given);
  if (config.kind !== 'mongodb') throw new Error(`it is ${config.kind}`);
  return config;
};
async function refusal(promise: Promise<unknown>): Promise<LpadError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LpadError);
  expect((error as LpadError).code).toBe('BAD_CONFIG');
  return error as LpadError;
}

describe('where the database is', () => {
  it('is, with nothing configured, an embedded store in the data folder of the user', async () => {
    expect(await load()).toMatchObject({
      kind: 'embedded',
      source: 'default',
      isDefault: true,
      folder: defaultStoreFolder({ env: {}, home }, process.platform),
    });
    expect(defaultStoreFolder({ env: {}, home: '/h' }, 'linux')).toBe('/h/.local/share/.lpad');
    expect(defaultStoreFolder({ env: { XDG_DATA_HOME: '/x' }, home: '/h' }, 'linux')).toBe('/x/.lpad');
    expect(defaultStoreFolder({ env: { XDG_DATA_HOME: 'x' }, home: '/h' }, 'linux')).toBe(
      '/h/.local/share/.lpad',
    );
    expect(defaultStoreFolder({ env: {}, home: '/h' }, 'darwin')).toBe(
      '/h/Library/Application Support/.lpad',
    );
  });

  it('is found flag by flag, then in LPAD_URI, then file by file', async () => {
    const place = async (given?: Given): Promise<string> => {
      const config = await load(given);
      return config.kind === 'mongodb' ? config.database : config.folder;
    };
    const seen: string[] = [];
    write('home/.fireworks/my_launchpad.yaml', 'name: of_home');
    seen.push(await place());
    write('work/FW_config.yaml', 'LAUNCHPAD_LOC: loc.json');
    write('work/loc.json', '{"name": "of_loc"}');
    seen.push(await place());
    write('work/my_launchpad.yml', 'name: of_cwd');
    seen.push(await place());
    const env = { LPAD_URI: 'mongodb://h/of_env' };
    seen.push(await place({ env }));
    write('conf/my_launchpad.yaml', 'name: of_dir');
    seen.push(await place({ env, configDir: '../conf' }));
    write('flag.yaml', 'name: of_flag');
    seen.push(await place({ env, configDir: '../conf', file: '../flag.yaml' }));
    expect(seen).toEqual(['of_home', 'of_loc', 'of_cwd', 'of_env', 'of_dir', 'of_flag']);
  });

  it('may be in the folder CONFIG_FILE_DIR', async () => {
    write('work/FW_config.yaml', 'CONFIG_FILE_DIR: conf');
    write('work/my_launchpad.yaml', 'name: of_cwd');
    write('work/conf/my_launchpad.yaml', 'name: of_conf');
    expect(await load()).toMatchObject({ database: 'of_conf' });
  });

  it('may be a folder: in LPAD_URI, or path in a file, relative to the file', async () => {
    expect(await load({ env: { LPAD_URI: 'db' } })).toEqual({
      kind: 'embedded',
      folder: path.join(cwd, 'db'),
      source: 'LPAD_URI',
      isDefault: false,
      warnings: [],
    });
    expect(await load({ env: { LPAD_URI: 'file:///var/db' } })).toMatchObject({ folder: '/var/db' });
    expect(await load({ env: { LPAD_URI: '~/db' } })).toMatchObject({ folder: path.join(home, 'db') });
    const file = write('conf/my_launchpad.yaml', 'path: ./db\nstrm_lvl: DEBUG\nlogdir: logs');
    expect(await load({ file })).toEqual({
      kind: 'embedded',
      folder: path.join(root, 'conf', 'db'),
      source: file,
      isDefault: false,
      warnings: [],
      streamLevel: 'DEBUG',
      logdir: path.join(cwd, 'logs'),
    });
  });
});

describe('MongoDB', () => {
  it('by host, port and name, with the credentials apart from the URI', async () => {
    const text =
      'host: db.example.org\nport: 27018\nname: calc\nusername: me\npassword: "p@/ss"\nuser_indices: [spec.a]\nwf_user_indices: [metadata.b]';
    expect(await mongo(text)).toEqual({
      kind: 'mongodb',
      uri: 'mongodb://db.example.org:27018/',
      database: 'calc',
      display: 'db.example.org:27018/calc',
      clientOptions: {
        serverSelectionTimeoutMS: 3000,
        socketTimeoutMS: 300_000,
        auth: { username: 'me', password: 'p@/ss' },
        authSource: 'calc',
      },
      userIndices: ['spec.a'],
      wfUserIndices: ['metadata.b'],
      source: path.join(cwd, 'my_launchpad.yaml'),
      warnings: [],
    });
  });

  it('by defaults for all that is left out or empty', async () => {
    expect(
      await mongo(
        'host: ""\nusername: null\npassword: null\nauthsource: null\nssl_ca_file: null\nuri_mode: false',
      ),
    ).toMatchObject({
      uri: 'mongodb://localhost:27017/',
      database: 'fireworks',
      clientOptions: { serverSelectionTimeoutMS: 3000, socketTimeoutMS: 300_000 },
    });
  });

  it('by an IPv6 address, or several hosts', async () => {
    expect((await mongo('host: "::1"')).uri).toBe('mongodb://[::1]:27017/');
    expect((await mongo('host: a,b:27020')).uri).toBe('mongodb://a:27017,b:27020/');
  });

  it('by authsource and TLS', async () => {
    const { clientOptions } = await mongo('username: me\nauthsource: admin\nssl_ca_file: /ca.pem');
    expect(clientOptions).toMatchObject({
      auth: { username: 'me' },
      authSource: 'admin',
      tls: true,
      tlsCAFile: '/ca.pem',
    });
  });

  it("by pymongo's options, with a warning for those that nobody knows", async () => {
    const text = `mongoclient_kwargs:
  serverSelectionTimeoutMS: 500
  sockettimeoutms: 1000
  ssl: true
  ssl_ca_certs: /ca.pem
  ssl_cert_reqs: CERT_NONE
  ssl_match_hostname: false
  authMechanism: SCRAM-SHA-1
  replicaset: rs0
  tz_aware: true
  frobnicate: 1
`;
    const { clientOptions, warnings } = await mongo(text);
    expect(clientOptions).toEqual({
      serverSelectionTimeoutMS: 500,
      socketTimeoutMS: 1000,
      tls: true,
      tlsCAFile: '/ca.pem',
      tlsAllowInvalidCertificates: true,
      tlsAllowInvalidHostnames: true,
      authMechanism: 'SCRAM-SHA-1',
      replicaSet: 'rs0',
    });
    expect(warnings).toEqual([
      `${path.join(cwd, 'my_launchpad.yaml')}: mongoclient_kwargs.frobnicate is ignored: the driver has no such option`,
    ]);
  });

  it('by uri_mode, or by uri, or by LPAD_URI', async () => {
    const uri = 'mongodb+srv://me:hush@cluster.example.org/other?retryWrites=true';
    expect(await mongo(`host: ${uri}\nname: calc\nuri_mode: true`)).toMatchObject({
      uri,
      database: 'calc',
      display: 'cluster.example.org/calc',
      clientOptions: { serverSelectionTimeoutMS: 3000 },
    });
    expect(await mongo(`uri: ${uri}`)).toMatchObject({
      uri,
      database: 'other',
      display: 'cluster.example.org/other',
    });
    expect(
      await mongo('', { env: { LPAD_URI: 'mongodb://a:1,b:2/?serverSelectionTimeoutMS=9' } }),
    ).toMatchObject({
      database: 'fireworks',
      display: 'a:1,b:2/fireworks',
      clientOptions: {},
      source: 'LPAD_URI',
    });
  });

  it('ignores unknown keys as FireWorks does, and says so', async () => {
    const file = path.join(cwd, 'my_launchpad.yaml');
    expect((await mongo('hots: db\nfoo: 1')).warnings).toEqual([
      `${file}: the key hots is ignored; did you mean host?`,
      `${file}: the key foo is ignored`,
    ]);
  });
});

describe('a launchpad file that is wrong', () => {
  const file = (): string => path.join(cwd, 'my_launchpad.yaml');
  it.each<[string, (file: string) => string]>([
    ['host: a\nname: b\nport: abc', (f) => `port: must be a whole number, is 'abc', in ${f} line 3`],
    ['port: 99999', (f) => `port: must be at most 65535, is 99999, in ${f} line 1`],
    [
      'strm_lvl: DEBUGG',
      (f) =>
        `strm_lvl: must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL, is 'DEBUGG'; did you mean DEBUG?, in ${f} line 1`,
    ],
    [
      'name: x\npassword: [hush]',
      (f) => `password: must be a text, is something else (not shown), in ${f} line 2`,
    ],
    [
      'port: mongodb://me:hush@h/x',
      (f) =>
        `port: must be a whole number, is something else (not shown, it has a password in it), in ${f} line 1`,
    ],
    ['- a', (f) => `expected keys with values, found a list, in ${f}`],
    ['host: [', (f) => `${f} line 1 column 8: `],
    ['path: x\nhost: y', (f) => `${f}: path (an embedded database) and host (MongoDB) exclude each other`],
    ['uri: mongodb://h/x\nhost: y', (f) => `${f}: uri and host exclude each other`],
    [
      'host: mongodb://h/\nuri_mode: true',
      (f) => `${f}: name is missing: with uri_mode it says which database`,
    ],
    [
      'host: h\nname: x\nuri_mode: true',
      (f) => `${f}: with uri_mode, host must be a URI that starts with mongodb:// or mongodb+srv://`,
    ],
    ['uri: mongodb://me:hu/sh@h/x', (f) => `uri in ${f} is no MongoDB URI that can be read`],
    [
      'path: http://x',
      (f) => `path in ${f} starts with http://, which is no kind of database that lpad knows`,
    ],
  ])('%j is refused with the reason, and without secrets', async (text, message) => {
    write('work/my_launchpad.yaml', text);
    const error = await refusal(load());
    expect(error.message).toContain(message(file()));
    expect(`${error.message}${error.hint ?? ''}`).not.toMatch(/hush|hu\/sh/);
  });

  it('is refused when it is not there, or of another kind', async () => {
    expect((await refusal(load({ file: 'no.yaml' }))).message).toBe(
      `the configuration file ${path.join(cwd, 'no.yaml')} (named by -l) does not exist`,
    );
    expect((await refusal(load({ file: 'x.toml' }))).message).toBe(
      `${path.join(cwd, 'x.toml')}: a configuration file ends in .yaml, .yml or .json`,
    );
    write('work/FW_config.yaml', 'LAUNCHPAD_LOC: gone.yaml');
    expect((await refusal(load())).message).toBe(
      `the configuration file ${path.join(cwd, 'gone.yaml')} (named by LAUNCHPAD_LOC in ${path.join(cwd, 'FW_config.yaml')}) does not exist`,
    );
  });

  it('is refused in LPAD_URI, too', async () => {
    expect((await refusal(load({ env: { LPAD_URI: 'postgres://h/x' } }))).message).toBe(
      'LPAD_URI starts with postgres://, which is no kind of database that lpad knows',
    );
    expect((await refusal(load({ env: { LPAD_URI: 'mongodb://' } }))).message).toBe(
      'LPAD_URI is no MongoDB URI that can be read',
    );
  });
});

describe('the worker', () => {
  it("is FireWorks' automatic worker when there is no file", async () => {
    expect(await loadFWorker(options())).toEqual(AUTOMATIC_FWORKER);
  });

  it('is read with its query, as text or as an object', async () => {
    write(
      'work/my_fworker.yaml',
      `name: node\ncategory: [a, b]\nquery: '{"spec.x":{"$gt":1.0}}'\nenv: {cmd: /bin/x}`,
    );
    const fworker = await loadFWorker(options());
    expect(fworker).toMatchObject({
      name: 'node',
      category: ['a', 'b'],
      queryText: '{"spec.x": {"$gt": 1.0}}',
      env: { cmd: '/bin/x' },
    });
    write('work/w.json', '{"name": "n", "category": "", "query": {"a": 1}}');
    expect(await loadFWorker(options({ file: 'w.json' }))).toEqual({
      name: 'n',
      category: '',
      query: { a: 1 },
      queryText: '{"a": 1}',
      env: {},
    });
  });

  it('is refused without a name, or with a query that cannot be read', async () => {
    const file = write('work/my_fworker.yaml', 'category: x\nquery: "{a"');
    expect((await refusal(loadFWorker(options()))).message).toBe(`name: is missing, in ${file}`);
    write('work/my_fworker.yaml', 'name: x\nquery: "{a"');
    const error = await refusal(loadFWorker(options()));
    expect(error.message).toMatch(/^query: .* at character \d+ of \{a, in .*my_fworker\.yaml line 2$/);
  });
});

describe('FW_config.yaml', () => {
  it('has the defaults of FireWorks', async () => {
    expect(await loadFwConfig(options())).toEqual({ ...FW_DEFAULTS, source: undefined });
    expect(FW_DEFAULTS).toMatchObject({
      PING_TIME_SECS: 3600,
      RUN_EXPIRATION_SECS: 14_400,
      PW_CHECK_NUM: 10,
      RAPIDFIRE_SLEEP_SECS: 60,
    });
  });

  it('changes settings, extends packages, and names modules of Firetasks', async () => {
    const file = write(
      'work/FW_config.yaml',
      'SORT_FWS: FIFO\nPING_TIME_SECS: 60.0\nADD_USER_PACKAGES: [mine]\nECHO_TEST: hi\nfiretasks: [./tasks.js, pack]',
    );
    expect(await loadFwConfig(options())).toEqual({
      ...FW_DEFAULTS,
      SORT_FWS: 'FIFO',
      PING_TIME_SECS: 60,
      USER_PACKAGES: [...FW_DEFAULTS.USER_PACKAGES, 'mine'],
      firetasks: {
        modules: [
          { module: path.join(cwd, 'tasks.js'), from: file },
          { module: 'pack', from: file },
        ],
        pythonFiretasks: [],
      },
      source: file,
    });
  });

  it('is found in FW_CONFIG_FILE before the folders, and must be there', async () => {
    write('work/FW_config.yaml', 'PW_CHECK_NUM: 1');
    write('home/.fireworks/FW_config.yaml', 'PW_CHECK_NUM: 2');
    const other = write('other.yaml', 'PW_CHECK_NUM: 3');
    expect((await loadFwConfig(options())).PW_CHECK_NUM).toBe(1);
    expect((await loadFwConfig(options({ env: { FW_CONFIG_FILE: other } }))).PW_CHECK_NUM).toBe(3);
    const gone = path.join(root, 'gone.yaml');
    expect((await refusal(loadFwConfig(options({ env: { FW_CONFIG_FILE: gone } })))).message).toBe(
      `the configuration file ${gone} (named by FW_CONFIG_FILE) does not exist`,
    );
  });

  it('with an unknown key is refused, with the key that is meant', async () => {
    const file = write(
      'work/FW_config.yaml',
      'PING_TIME_SECS: 1\nPING_TIME_SEC: 5\nfoo: 1\nTRACKER_LINES: many',
    );
    expect((await refusal(loadFwConfig(options()))).message.split('\n').sort()).toEqual([
      `PING_TIME_SEC: is no known key; did you mean PING_TIME_SECS?, in ${file} line 2`,
      `TRACKER_LINES: must be a whole number, is 'many', in ${file} line 4`,
      `foo: is no known key, in ${file} line 3`,
    ]);
  });

  it('may be empty', async () => {
    write('work/FW_config.yaml', '# nothing\n');
    expect((await loadFwConfig(options())).PW_CHECK_NUM).toBe(10);
  });
});
