import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: {
    type: 'number',
    short: 'i',
    placeholder: 'ID',
    describe: 'the id of any Firework of the workflow',
  },
} as const;

export type CheckWflowArgs = CommandArgs<typeof OPTIONS>;

export const checkWflow = defineCommand({
  notes:
    'Looks at inputs and outputs of PyTask, CommandLineTask, ForeachTask, JoinDictTask and JoinListTask. Exit status: 0 ' +
    'nothing is wrong, 1 something is, line by line. lpad add --check does the same before adding.',
  examples: [{ command: 'lpad check_wflow -i 7', says: 'the workflow of Firework 7' }],
  options: OPTIONS,
  outputs: ['text', 'json'],
});
