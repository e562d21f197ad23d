import { defineCommand } from '../../program/define-command';
import { CONTROL_FWS_OPTIONS, CONTROL_OUTPUTS, FWS_NOTE, type ControlFwsArgs } from './control-options';

export const defuseFws = defineCommand({
  name: 'defuse_fws',
  group: 'change',
  summary: 'Defuse Fireworks: cancel them, and with them what is below',
  notes: `What is WAITING, READY, FIZZLED or PAUSED can be defused. COMPLETED, RUNNING and RESERVED Fireworks are refused: FireWorks would archive their launches. reignite_fws takes it back. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad defuse_fws -s FIZZLED', says: 'give up what failed' },
    { command: 'lpad defuse_fws -i 3 5', says: 'by id' },
    { command: `lpad defuse_fws --error 'out of memory' --dry-run`, says: 'what would become of each' },
  ],
  options: CONTROL_FWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
  handler: async () => {
    const { controlFws } = await import('../../handlers/control/control-fws.js');
    return { run: (args: ControlFwsArgs, context) => controlFws('DEFUSE', args, context) };
  },
});
