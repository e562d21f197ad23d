import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONTROL_OUTPUTS, CONTROL_WFLOWS_OPTIONS, WFLOWS_NOTE } from './control-options';

const OPTIONS = {
  ...CONTROL_WFLOWS_OPTIONS,
  defuse_all_states: {
    type: 'boolean',
    group: 'What is defused',
    describe: 'also COMPLETED and FIZZLED members, and those under way; their launches are archived',
  },
} as const;

export type DefuseWflowsArgs = CommandArgs<typeof OPTIONS>;

export const defuseWflows = defineCommand({
  notes: `Members that are COMPLETED or FIZZLED stay so; RUNNING and RESERVED ones are refused, and go on. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad defuse_wflows -i 3', says: 'the one that Firework 3 is in' },
    { command: 'lpad defuse_wflows -s FIZZLED --dry-run', says: 'what would become of each' },
    { command: 'lpad defuse_wflows -n junk --defuse_all_states', says: 'with its results' },
  ],
  options: OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
