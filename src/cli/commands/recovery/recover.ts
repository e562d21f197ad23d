import { DRY_RUN_OPTION } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  policy: {
    type: 'string',
    placeholder: 'FILE',
    group: 'What is done',
    describe: 'the recovery.yaml with the rules',
  },
  check: {
    type: 'boolean',
    group: 'What is done',
    conflicts: ['dry-run', 'key'],
    describe: 'read the policy, say in words what it means, and do nothing',
  },
  key: {
    type: 'string',
    placeholder: 'NIGHT',
    group: 'What is done',
    describe:
      'the night: a second call with it does what the first left undone; else the date of its evening',
  },
  ...DRY_RUN_OPTION,
} as const;

export type RecoverArgs = CommandArgs<typeof OPTIONS>;

export const recover = defineCommand({
  notes:
    'Lost runs become FIZZLED, and what is FIZZLED is treated by the first rule that matches. It never asks, never runs ' +
    'twice at the same time, and goes on where a crash has left it. SIGTERM and Ctrl-C end it after the batch in hand. Exit ' +
    'status: 0 nothing is left to decide, 1 some failed or were refused, or another recovery is under way, 2 usage or a ' +
    'wrong policy, 3 no database, 6 something waits for a later call (canaries, budget, backoff, window, breaker), 130 ' +
    'interrupted. docs/nightly.md has the policy.',
  examples: [
    { command: 'lpad recover --policy recovery.yaml --check', says: 'the rules as they are understood' },
    {
      command: 'lpad recover --policy recovery.yaml --dry-run',
      says: 'what would be done about each failure',
    },
    { command: 'lpad recover --policy recovery.yaml', says: 'from cron, as often as you like' },
    {
      command: 'lpad recover --policy recovery.yaml --key before-release -o json',
      says: 'a night of another name, for programs',
    },
    { command: 'lpad quarantine list', says: 'what it has given up' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
