import { defineCommand, type CommandArgs } from '../../program/define-command';
import { NEW_RUN_OPTIONS_OF_FIREWORKS } from '../../options/new-run-options';
import { FIREWORK_SELECTOR_OPTIONS, LATEST_OPTIONS, SAFETY_OPTIONS } from '../../options/option-groups';
import { RECOVERY_OPTIONS, RERUN_OPTIONS, RESTART_OPTIONS } from '../../options/rerun-options';

const RECOVERY = 'Task-level recovery';
const WHAT = 'What is rerun';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  ...LATEST_OPTIONS,
  'task-level': RECOVERY_OPTIONS['task-level'],
  'copy-data': RECOVERY_OPTIONS['copy-data'],
  'previous-dir': RECOVERY_OPTIONS['previous-dir'],
  launch_id: {
    type: 'array',
    multiShort: 'lid',
    placeholder: 'LAUNCH_IDS',
    group: RECOVERY,
    needs: ['task-level'],
    describe: 'resume from these launches, one per target in the order of -i; archived ones too',
  },
  'clear-recovery': RECOVERY_OPTIONS['clear-recovery'],
  ...RERUN_OPTIONS,
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
  ...NEW_RUN_OPTIONS_OF_FIREWORKS,
  'rollback-dynamic': {
    type: 'boolean',
    group: WHAT,
    describe:
      'take back what their actions did: Fireworks they added are archived, specs they changed restored',
  },
  ...RESTART_OPTIONS,
  ...SAFETY_OPTIONS,
} as const;

export type RerunFwsArgs = CommandArgs<typeof OPTIONS>;

export const rerunFws = defineCommand({
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
    { command: 'lpad rerun_fws --fingerprint 0a758af6a7', says: 'a group of lpad failures' },
    {
      command: 'lpad rerun_fws -i 3 --rollback-dynamic --dry-run',
      says: 'without the detours and additions of the last time',
    },
    { command: 'lpad rerun_fws -n relax -s FIZZLED --set memory_gb=64', says: 'with more memory' },
    { command: 'lpad rerun_fws -i 7 --as-new -f', says: 'Firework 7 alone, as a new run; the old one stays' },
    { command: 'lpad rerun_fws -n train --latest', says: 'the marked or the latest Firework of a name' },
    {
      command: 'lpad rerun_fws -n train --needed --set x=2',
      says: 'unless one has completed with these values',
    },
    { command: 'lpad rerun_fws -i 3 --force-sourcecode', says: "with today's source code, not the original" },
    { command: 'lpad rerun_fws -i 3 --use-cache', says: 'with results that are in the cache' },
    { command: `lpad rerun_fws -lm -q '{"host": "node-7"}'`, says: 'whatever ran on one host' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
