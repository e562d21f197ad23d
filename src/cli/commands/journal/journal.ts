import { CONFIRM_OPTIONS, DRY_RUN_OPTION } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';

const PRUNE = 'Forgetting';

const OPTIONS = {
  max: {
    type: 'number',
    short: 'm',
    default: 20,
    placeholder: 'N',
    describe: 'the last N commands; 0 is all',
  },
  prune: {
    type: 'boolean',
    group: PRUNE,
    describe: 'forget commands for good: they can be undone no more',
  },
  older_than: {
    type: 'string',
    placeholder: 'AGE',
    group: PRUNE,
    needs: ['prune'],
    describe: 'those from longer ago: 90d, 12h or 30m',
  },
  keep: {
    type: 'number',
    placeholder: 'N',
    group: PRUNE,
    needs: ['prune'],
    describe: 'but for the last N',
  },
  ...DRY_RUN_OPTION,
  ...CONFIRM_OPTIONS,
} as const;

const POSITIONALS = {
  journal_id: { type: 'string', placeholder: 'JOURNAL_ID', describe: 'show this one, Firework by Firework' },
} as const;

export type JournalArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const journal = defineCommand({
  notes:
    'It holds what each command has changed as it was before, deleted workflows whole: a database that is changed much ' +
    'wants it pruned now and then, and nights of lpad recover with it. --prune needs --older_than, --keep, or both, and asks first; what is pruned cannot be ' +
    'undone any more.',
  examples: [
    { command: 'lpad journal', says: 'the last 20 commands that changed something' },
    { command: 'lpad journal 20261121T080143-4171a2b3c', says: 'what one of them changed' },
    { command: 'lpad journal --prune --older_than 90d', says: 'forget what nobody will undo' },
    { command: 'lpad journal --prune --keep 100 --yes', says: 'from cron, without a question' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json'],
});
