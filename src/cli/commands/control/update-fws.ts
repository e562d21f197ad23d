import { FIREWORK_SELECTOR_OPTIONS, SAFETY_OPTIONS } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  update: {
    type: 'string',
    short: 'u',
    placeholder: 'JSON',
    group: 'What is changed',
    describe: `keys below spec with their new values: '{"settings.cutoff": 600}'`,
  },
  mongo: {
    type: 'boolean',
    group: 'What is changed',
    needs: ['update'],
    describe: `-u is an update of MongoDB: '{"$inc": {"spec.tries": 1}}'`,
  },
  ...SAFETY_OPTIONS,
} as const;

export type UpdateFwsArgs = CommandArgs<typeof OPTIONS>;

export const updateFws = defineCommand({
  notes:
    'Fireworks that are RUNNING, RESERVED, COMPLETED or ARCHIVED are skipped: rerun them first. A dot leads into an object, ' +
    `a number to a place in a list. ${FWS_NOTE}`,
  examples: [
    { command: `lpad update_fws -i 3 -u '{"settings.cutoff": 600}'`, says: 'one key' },
    {
      command: `lpad update_fws -s FIZZLED -u '{"_tasks.0.script": "./run.sh"}'`,
      says: 'in the first Firetask',
    },
    {
      command: `lpad update_fws -n relax --mongo -u '{"$unset": {"spec.memory_gb": ""}}'`,
      says: 'takes a key away',
    },
  ],
  options: OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
