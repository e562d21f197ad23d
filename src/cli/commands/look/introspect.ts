import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  max: {
    type: 'number',
    short: 'm',
    default: 100,
    placeholder: 'N',
    describe: 'look at the newest N of each state; 0 is all',
  },
  threshold: {
    type: 'number',
    short: 't',
    default: 10,
    placeholder: 'PERCENT',
    describe: 'leave out what differs by less',
  },
} as const;

export type IntrospectArgs = CommandArgs<typeof OPTIONS>;

export const introspect = defineCommand({
  notes:
    'Stack traces by how many failed with them, then what stands in Firetasks, specs and metadata of FIZZLED ones more ' +
    'often, or less often, than of COMPLETED ones: the last column is per hundred.',
  examples: [
    { command: 'lpad introspect', says: 'the newest hundred of each state' },
    { command: 'lpad introspect -m 1000 -t 25', says: 'a thousand, and only what differs much' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json'],
});
