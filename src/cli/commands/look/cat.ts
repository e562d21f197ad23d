import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: {
    type: 'number',
    short: 'i',
    placeholder: 'ID',
    group: 'Which',
    describe: 'the Firework',
  },
  launch_id: {
    type: 'number',
    multiShort: 'lid',
    placeholder: 'ID',
    group: 'Which',
    describe: 'of this launch of it, and not of the last one',
  },
  sourcecode: {
    type: 'boolean',
    group: 'What is shown',
    describe: 'the source code that it ran with (_sourcecode in its spec)',
  },
  path: {
    type: 'string',
    short: 'p',
    placeholder: 'FILE',
    group: 'What is shown',
    describe: 'what is in this file, byte by byte; without it the files are listed',
  },
} as const;

export type CatArgs = CommandArgs<typeof OPTIONS>;

export const cat = defineCommand({
  notes:
    'What is shown comes out of the database: the source folder and the launch directory may be gone, or on another machine.',
  examples: [
    { command: 'lpad cat --sourcecode -i 3', says: 'the files that it ran with' },
    { command: 'lpad cat --sourcecode -i 3 -p train.py', says: 'one of them' },
    { command: 'lpad cat --sourcecode -i 3 -p train.py | diff - train.py', says: 'what has changed since' },
    { command: 'lpad cat --sourcecode -i 3 -lid 7 -o json', says: 'of one launch, with sizes and hashes' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml'],
});
