import { defineCommand } from '../../program/define-command';
import { CONTROL_FWS_OPTIONS, CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

export const resumeFws = defineCommand({
  notes: `A resumed Firework is READY when its parents are done, RESERVED again if it was paused in a queue, else WAITING. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad resume_fws -s PAUSED', says: 'everything that is paused' },
    { command: 'lpad resume_fws -i 3 --dry-run', says: 'what would become of it' },
  ],
  options: CONTROL_FWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
