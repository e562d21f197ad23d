import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: {
    type: 'number',
    short: 'i',
    placeholder: 'ID',
    describe: 'the id of any Firework of the workflow',
  },
  wf_file: {
    type: 'string',
    short: 'f',
    placeholder: 'FILE',
    describe: 'where to write it: .json, .yaml or .yml; - is stdout',
  },
} as const;

export type DumpWflowArgs = CommandArgs<typeof OPTIONS>;

export const dumpWflow = defineCommand({
  notes:
    'For reading, and for Python. lpad add refuses such a file once something in it has run, since two Fireworks would ' +
    'share the launches; lpad add --anew adds its Fireworks as new ones. To move workflows with all that they did: ' +
    'lpad export and lpad import.',
  examples: [
    { command: 'lpad dump_wflow -i 7 -f silicon.yaml', says: 'the workflow of Firework 7' },
    { command: 'lpad dump_wflow -i 7 -f - -o yaml', says: 'to look at' },
  ],
  options: OPTIONS,
  outputs: ['json', 'yaml'],
});
