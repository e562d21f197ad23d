import { defineCommand, type CommandArgs } from '../program/define-command';

const MONGODB = 'MongoDB';
const FILE = 'The file';

/** What is said of a server; `path` and `uri_mode` exclude it. */
const SERVER_OPTIONS = {
  host: {
    type: 'string',
    placeholder: 'HOST',
    group: MONGODB,
    describe: 'default localhost; with -u a whole MongoDB URI',
  },
  port: { type: 'number', placeholder: 'PORT', group: MONGODB, describe: 'default 27017' },
  name: { type: 'string', placeholder: 'NAME', group: MONGODB, describe: 'the database, default fireworks' },
  username: { type: 'string', placeholder: 'USER', group: MONGODB, describe: 'who logs in' },
  password: {
    type: 'string',
    placeholder: 'TEXT',
    group: MONGODB,
    describe: 'a dash reads it from stdin; without it, a terminal asks',
  },
  ssl_ca_file: {
    type: 'string',
    placeholder: 'PEM',
    group: MONGODB,
    describe: 'connect by TLS, trusting the authorities in this file',
  },
  authsource: {
    type: 'string',
    placeholder: 'NAME',
    group: MONGODB,
    describe: 'the database that knows the user, default that of --name',
  },
} as const;

const OPTIONS = {
  ...SERVER_OPTIONS,
  uri_mode: {
    type: 'boolean',
    short: 'u',
    group: MONGODB,
    conflicts: ['port', 'username', 'password', 'authsource'],
    describe: 'the connection is one MongoDB URI',
  },
  path: {
    type: 'string',
    placeholder: 'FOLDER',
    group: 'Embedded database',
    conflicts: [...Object.keys(SERVER_OPTIONS), 'uri_mode'],
    describe: 'keep the database in this folder; no server is needed',
  },
  'config-file': {
    type: 'string',
    default: 'my_launchpad.yaml',
    placeholder: 'FILE',
    group: FILE,
    describe: 'where to write it',
  },
  yes: { type: 'boolean', short: 'y', group: FILE, describe: 'replace a file that is there' },
} as const;

export type InitArgs = CommandArgs<typeof OPTIONS>;

export const init = defineCommand({
  notes:
    'Without any option that says where, a terminal is asked; with one, nothing is asked but a missing password. The file ' +
    'can be read by its owner alone, since it may hold a password. FireWorks reads it too, but for --path.',
  examples: [
    { command: 'lpad init', says: 'asks' },
    { command: 'lpad init --path ~/fireworks-db', says: 'a database in a folder' },
    {
      command: 'lpad init --host db.example.org --name fireworks --username ada',
      says: 'asks for the password',
    },
    { command: 'lpad init -u --host mongodb+srv://cluster.example.org --name fireworks', says: 'by URI' },
  ],
  options: OPTIONS,
  outputs: ['text'],
});
