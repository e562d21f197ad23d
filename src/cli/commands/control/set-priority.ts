import { FIREWORK_SELECTOR_OPTIONS, SAFETY_OPTIONS } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  wf: {
    type: 'boolean',
    multiShort: 'wf',
    group: 'Which',
    conflicts: ['launches_mode', 'error'],
    describe: 'select Workflows, as get_wflows does, and take all their Fireworks',
  },
  ...SAFETY_OPTIONS,
} as const;

const POSITIONALS = {
  priority: {
    type: 'number',
    required: true,
    placeholder: 'PRIORITY',
    describe: 'a whole number; the highest is run first',
  },
} as const;

export type SetPriorityArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const setPriority = defineCommand({
  notes: `It is the key _priority of the spec, and may be set in any state. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad set_priority 10 -i 3 5', says: 'by id' },
    { command: 'lpad set_priority 10 -i 3 -wf', says: 'the whole Workflow that Firework 3 is in' },
    { command: 'lpad set_priority -5 -n relax -s READY', says: 'later than the others' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: CONTROL_OUTPUTS,
});
