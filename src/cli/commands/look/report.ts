import { defineCommand, type CommandArgs } from '../../program/define-command';

/** What the counts are asked with, and the recovery is not. */
const COUNTING = ['collection', 'interval', 'num_intervals', 'query'] as const;

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
  'last-recovery': {
    type: 'boolean',
    group: 'Recovery',
    conflicts: [...COUNTING, 'night'],
    describe: 'what the last night of lpad recover tried, why, what came of it, and what is left to decide',
  },
  night: {
    type: 'string',
    placeholder: 'NIGHT',
    group: 'Recovery',
    conflicts: COUNTING,
    describe: 'the same of the night with this key',
  },
  nights: {
    type: 'number',
    placeholder: 'N',
    group: 'Recovery',
    conflicts: COUNTING,
    describe: 'so many nights side by side, 30 without it',
  },
} as const;

export type ReportArgs = CommandArgs<typeof OPTIONS>;

export const report = defineCommand({
  notes:
    'Each counts once, in its present state, in the period in which it changed last (a launch: in which it ended). ' +
    'C/(C+F) is the share of COMPLETED in what COMPLETED or FIZZLED. Periods are UTC. ' +
    'With --last-recovery or --night it reports on lpad recover instead: what became of each rerun is looked up when the report ' +
    'is made. -o html is one file without scripts, with charts, that opens offline.',
  examples: [
    { command: 'lpad report', says: 'Fireworks of the last five days' },
    { command: 'lpad report -c launches -i months -n 12', says: 'launches of a year' },
    { command: `lpad report -n 0 -q '{"name": "relax"}'`, says: 'of one name, ever' },
    { command: 'lpad report --last-recovery', says: 'the last night, in the morning' },
    { command: 'lpad report --last-recovery -o html > morning.html', says: 'as a page with charts' },
    { command: 'lpad report --night 2026-11-20 -o markdown', says: 'an earlier night, for a wiki' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'markdown', 'html'],
});
