import { defineCommand } from '../../program/define-command';
import { CONTROL_OUTPUTS, CONTROL_WFLOWS_OPTIONS, WFLOWS_NOTE } from './control-options';

export const pauseWflows = defineCommand({
  notes: `Every member that is WAITING, READY or RESERVED is paused; what is RUNNING goes on. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad pause_wflows -i 3', says: 'the one that Firework 3 is in' },
    { command: 'lpad pause_wflows -n campaign --dry-run', says: 'what would become of each' },
  ],
  options: CONTROL_WFLOWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
