import { defineCommand } from '../../program/define-command';
import { CONTROL_FWS_OPTIONS, CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

export const defuseFws = defineCommand({
  notes: `What is WAITING, READY, FIZZLED or PAUSED can be defused. COMPLETED, RUNNING and RESERVED Fireworks are refused: FireWorks would archive their launches. reignite_fws takes it back. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad defuse_fws -s FIZZLED', says: 'give up what failed' },
    { command: 'lpad defuse_fws -i 3 5', says: 'by id' },
    { command: `lpad defuse_fws --error 'out of memory' --dry-run`, says: 'what would become of each' },
  ],
  options: CONTROL_FWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
