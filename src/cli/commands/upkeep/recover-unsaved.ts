import { DRY_RUN_OPTION } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';

const POSITIONALS = {
  dir: {
    type: 'array',
    required: true,
    placeholder: 'DIR',
    describe: 'launch directories, or folders with such below them; or the files themselves',
  },
} as const;

export type RecoverUnsavedArgs = CommandArgs<typeof DRY_RUN_OPTION, typeof POSITIONALS>;

export const recoverUnsaved = defineCommand({
  notes:
    'A rocket that cannot bring its result home, since the database is away or its run was declared lost, leaves it in ' +
    'FW_action_unsaved.json. It is taken while its launch is RUNNING, or was made FIZZLED by detect_lostruns; not when the ' +
    'Firework was rerun since, or a child has gone on without it. What was taken is called FW_action_recovered.json then. As ' +
    'the report of a rocket, it is not undone by undo.',
  examples: [
    { command: 'lpad recover_unsaved . --dry-run', says: 'what there is, two levels deep' },
    { command: 'lpad recover_unsaved launcher_*', says: 'of these launches' },
  ],
  options: DRY_RUN_OPTION,
  positionals: POSITIONALS,
  outputs: ['text', 'json', 'ids'],
});
