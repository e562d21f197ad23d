import { defineCommand, type CommandArgs } from '../program/define-command';
import { FIREWORK_SELECTOR_OPTIONS, SAFETY_OPTIONS } from '../options/option-groups';

const RECOVERY = 'Task-level recovery';
const WHAT = 'What is rerun';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  'task-level': {
    type: 'boolean',
    group: RECOVERY,
    conflicts: ['clear-recovery'],
    describe: 'resume at the Firetask that failed',
  },
  'copy-data': {
    type: 'boolean',
    multiShort: 'cp',
    group: RECOVERY,
    conflicts: ['previous-dir'],
    needs: ['task-level'],
    describe: 'the new launch begins with a copy of the old launch directory',
  },
  'previous-dir': {
    type: 'boolean',
    multiShort: 'pd',
    group: RECOVERY,
    needs: ['task-level'],
    describe: 'the new launch runs in the old launch directory',
  },
  launch_id: {
    type: 'array',
    multiShort: 'lid',
    placeholder: 'LAUNCH_IDS',
    group: RECOVERY,
    needs: ['task-level'],
    describe: 'resume from these launches, one per target in the order of -i; archived ones too',
  },
  'clear-recovery': {
    type: 'boolean',
    group: RECOVERY,
    describe: 'forget an earlier task-level recovery: start from the first Firetask',
  },
  'include-running': {
    type: 'boolean',
    group: WHAT,
    describe: 'also what is RUNNING or RESERVED; no process is stopped',
  },
  'reset-held': {
    type: 'boolean',
    group: WHAT,
    describe: 'descendants that are PAUSED, DEFUSED or ARCHIVED become WAITING as well',
  },
  'no-duplicates': {
    type: 'boolean',
    group: WHAT,
    describe: 'leave Fireworks alone that share a launch with a target',
  },
  set: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'PATH=JSON',
    group: WHAT,
    describe: 'set a key of the spec of every target; may be repeated',
  },
  unset: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'PATH',
    group: WHAT,
    describe: 'remove a key of the spec; may be repeated',
  },
  ...SAFETY_OPTIONS,
} as const;

export type RerunFwsArgs = CommandArgs<typeof OPTIONS>;

export const rerunFws = defineCommand({
  name: 'rerun_fws',
  group: 'change',
  summary: 'Rerun Fireworks: archive their launches, and reset them and what depends on them',
  notes:
    'All selectors given must hold, and at least one must be given. Parents are never touched. Work that is RUNNING or ' +
    'RESERVED is refused, WAITING is skipped, DEFUSED and ARCHIVED must be reignited first. Exit status: 0 all done or ' +
    'skipped with a reason, 1 some failed or were refused, 2 usage, 3 no database, 4 not confirmed, 130 interrupted.',
  examples: [
    { command: 'lpad rerun_fws -s FIZZLED --dry-run', says: 'what would become of each' },
    { command: 'lpad rerun_fws -s FIZZLED', says: 'everything that failed' },
    { command: 'lpad rerun_fws -s FIZZLED --plan plan.json', says: 'to look at, and to apply later' },
    { command: 'lpad rerun_fws -i 3 5 8-12', says: 'by id' },
    {
      command: 'lpad rerun_fws -s FIZZLED --task-level --copy-data',
      says: 'from the failed Firetask on, with its files',
    },
    { command: "lpad rerun_fws --error 'node failure' --yes", says: 'by stack trace, without a question' },
    { command: 'lpad rerun_fws -n relax -s FIZZLED --set memory_gb=64', says: 'with more memory' },
    { command: `lpad rerun_fws -lm -q '{"host": "node-7"}'`, says: 'whatever ran on one host' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
  handler: () => import('../handlers/rerun-fws.js'),
});
