import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS, DRY_RUN_OPTION, OPTIONAL_DISPLAY_OPTIONS } from '../../options/option-groups';
import { RECOVERY_OPTIONS, RERUN_OPTIONS } from '../../options/rerun-options';

const WHICH = 'Which';

const OPTIONS = {
  time: {
    type: 'number',
    placeholder: 'SECS',
    group: WHICH,
    describe: 'not heard of for so many seconds; else RUN_EXPIRATION_SECS (14400)',
  },
  max_runtime: {
    type: 'number',
    placeholder: 'SECS',
    group: WHICH,
    describe: 'only those that ran at most so long',
  },
  min_runtime: {
    type: 'number',
    placeholder: 'SECS',
    group: WHICH,
    describe: 'only those that ran at least so long',
  },
  query: {
    type: 'string',
    short: 'q',
    placeholder: 'QUERY',
    group: WHICH,
    describe: 'only runs of Fireworks that match',
  },
  launch_query: {
    type: 'string',
    multiShort: 'lq',
    placeholder: 'QUERY',
    group: WHICH,
    describe: 'only launches that match, for instance those of a host',
  },
  fizzle: { type: 'boolean', group: 'What to do', describe: 'lost runs become FIZZLED' },
  rerun: {
    type: 'boolean',
    group: 'What to do',
    describe: 'lost runs are rerun; their launches become FIZZLED',
  },
  refresh: {
    type: 'boolean',
    group: 'What to do',
    describe: 'Fireworks that are RUNNING while their launches have ended are brought up to date',
  },
  'task-level': { ...RECOVERY_OPTIONS['task-level'], needs: ['rerun'] },
  'copy-data': RECOVERY_OPTIONS['copy-data'],
  'previous-dir': RECOVERY_OPTIONS['previous-dir'],
  'clear-recovery': { ...RECOVERY_OPTIONS['clear-recovery'], needs: ['rerun'] },
  'include-running': { ...RERUN_OPTIONS['include-running'], needs: ['rerun'] },
  'reset-held': { ...RERUN_OPTIONS['reset-held'], needs: ['rerun'] },
  'no-duplicates': { ...RERUN_OPTIONS['no-duplicates'], needs: ['rerun'] },
  ...OPTIONAL_DISPLAY_OPTIONS,
  ...DRY_RUN_OPTION,
  ...CONFIRM_OPTIONS,
} as const;

export type DetectLostrunsArgs = CommandArgs<typeof OPTIONS>;

export const detectLostruns = defineCommand({
  notes:
    'A run whose rocket still lives, but could not reach the database for so long, is lost as well: what it brings home ' +
    'later changes nothing, and stays in a file of its launch directory. lpad undo takes a mistake back, as long as ' +
    'nothing has gone on from there. Exit status: 0 all done, 1 some could not be, 2 usage, 3 no database, 4 not confirmed.',
  examples: [
    { command: 'lpad detect_lostruns', says: 'what is lost; nothing is changed' },
    { command: 'lpad detect_lostruns --fizzle', says: 'FIZZLED, for a person to look at' },
    { command: 'lpad detect_lostruns --rerun --task-level --previous-dir', says: 'go on where they were' },
    {
      command: `lpad detect_lostruns --time 3600 -lq '{"host": "node-7"}' --rerun`,
      says: 'of a node that went down',
    },
    { command: 'lpad detect_lostruns --rerun --dry-run', says: 'what would become of each' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
