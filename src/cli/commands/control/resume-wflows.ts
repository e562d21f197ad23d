import { defineCommand } from '../../program/define-command';
import { CONTROL_OUTPUTS, CONTROL_WFLOWS_OPTIONS, WFLOWS_NOTE } from './control-options';

export const resumeWflows = defineCommand({
  notes: `FireWorks has no such command. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad resume_wflows -s PAUSED', says: 'everything that is paused' },
    { command: 'lpad resume_wflows -i 3', says: 'the one that Firework 3 is in' },
  ],
  options: CONTROL_WFLOWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
