import { defineCommand, type CommandArgs } from '../../program/define-command';
import { DRY_RUN_OPTION } from '../../options/option-groups';

const OPTIONS = {
  qid: { type: 'string', placeholder: 'ID', describe: 'the id that the batch queue gave the job' },
  ...DRY_RUN_OPTION,
} as const;

export type CancelQidArgs = CommandArgs<typeof OPTIONS>;

export const cancelQid = defineCommand({
  notes:
    'The job itself stays in the queue: remove it there (scancel, qdel). A job that runs already is left alone.',
  examples: [{ command: 'lpad cancel_qid --qid 4711', says: 'the Firework may be claimed again' }],
  options: OPTIONS,
  outputs: ['text', 'json', 'ids'],
});
