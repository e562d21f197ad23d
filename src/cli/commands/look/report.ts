import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  collection: {
    type: 'string',
    short: 'c',
    choices: ['fws', 'fireworks', 'launches', 'wflows', 'workflows'],
    default: 'fws',
    placeholder: 'WHAT',
    describe: 'what is counted: fws, launches or wflows',
  },
  interval: {
    type: 'string',
    short: 'i',
    choices: ['years', 'months', 'days', 'hours', 'minutes'],
    default: 'days',
    placeholder: 'LENGTH',
    describe: 'how long a period is: years, months, days, hours or minutes',
  },
  num_intervals: {
    type: 'number',
    short: 'n',
    default: 5,
    placeholder: 'N',
    describe: 'so many periods back from now; 0 is all time',
  },
  query: {
    type: 'string',
    short: 'q',
    placeholder: 'QUERY',
    describe: 'count only what a MongoDB query matches',
  },
} as const;

export type ReportArgs = CommandArgs<typeof OPTIONS>;

export const report = defineCommand({
  notes:
    'Each counts once, in its present state, in the period in which it changed last (a launch: in which it ended). ' +
    'C/(C+F) is the share of COMPLETED in what COMPLETED or FIZZLED. Periods are UTC.',
  examples: [
    { command: 'lpad report', says: 'Fireworks of the last five days' },
    { command: 'lpad report -c launches -i months -n 12', says: 'launches of a year' },
    { command: `lpad report -n 0 -q '{"name": "relax"}'`, says: 'of one name, ever' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json'],
});
