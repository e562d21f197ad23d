import { defineCommand, type CommandArgs } from '../program/define-command';

const OPTIONS = {
  dir: { type: 'boolean', short: 'd', describe: 'the paths are folders: add every workflow file in them' },
  check: {
    type: 'boolean',
    short: 'c',
    describe: 'also check that every input has one source, as check_wflow does',
  },
  anew: {
    type: 'boolean',
    describe: 'add what has run already as new: without its launches, states and dates',
  },
  'rerun-from': {
    type: 'number',
    placeholder: 'ID',
    conflicts: ['dir', 'anew'],
    describe: 'with the inputs of the run of this Firework: keys of its specs that do not begin with _',
  },
  local: { type: 'boolean', describe: 'refused: what is added goes to the database, and rlaunch runs it' },
  'cache-namespace': {
    type: 'string',
    placeholder: 'NS',
    describe: 'within which Fireworks with _cache share their results: metadata.cache_namespace',
  },
} as const;

const POSITIONALS = {
  wf_file: { type: 'array', required: true, placeholder: 'FILE', describe: 'workflow files, YAML or JSON' },
} as const;

export type AddArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const add = defineCommand({
  notes:
    'A file holds a Firework (`spec`), a Workflow (`fws`, `links`, `metadata`), or a list of these. Every file is checked ' +
    'before anything is added: with one mistake, nothing is. A folder is not searched deeper: below it may be launch ' +
    'directories, whose FW.json is no new work.',
  examples: [
    { command: 'lpad add workflow.yaml', says: 'one file' },
    { command: 'lpad add relax.json static.yaml', says: 'several' },
    { command: 'lpad add -d campaign/', says: 'every .yaml, .yml and .json file of a folder' },
    { command: 'lpad add --check workflow.yaml', says: 'unless an input has no source' },
    {
      command: 'lpad add workflow.yaml --rerun-from 7',
      says: 'as it is now, with the inputs of an earlier run',
    },
    {
      command: 'lpad add --cache-namespace 2026 workflow.yaml',
      says: 'take over what has been computed before',
    },
    { command: 'lpad add --anew dumped.yaml', says: 'run again what dump_wflow wrote' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json'],
});
