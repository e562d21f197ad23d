import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  'new-ids': {
    type: 'boolean',
    describe: 'give everything the next free ids, as if it were added',
  },
  resume: { type: 'boolean', describe: 'go on with an import of this file that broke off' },
} as const;

const POSITIONALS = {
  file: {
    type: 'string',
    required: true,
    placeholder: 'FILE',
    describe: 'what lpad export wrote; - is stdin',
  },
} as const;

export type ImportArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const importCommand = defineCommand({
  notes:
    'The file is read and compared with the database before the first document is written. Ids are kept; when one of them ' +
    'is taken, nothing is imported and the ids are named. Nothing that is there is ever replaced. undo takes an import back: ' +
    'it deletes the workflows to which nothing has happened since.',
  examples: [
    { command: 'lpad import all.jsonl', says: 'with the ids that it has' },
    { command: 'lpad import --new-ids x.jsonl', says: 'beside what is there' },
    { command: 'lpad import --resume all.jsonl', says: 'go on after a crash; with --new-ids as well' },
    { command: 'gunzip < 7.jsonl.gz | lpad import -', says: 'from stdin' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json'],
});
