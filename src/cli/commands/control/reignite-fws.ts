import { defineCommand } from '../../program/define-command';
import { CONTROL_FWS_OPTIONS, CONTROL_OUTPUTS, FWS_NOTE, type ControlFwsArgs } from './control-options';

export const reigniteFws = defineCommand({
  name: 'reignite_fws',
  group: 'change',
  summary: 'Reignite Fireworks that were defused',
  notes: `A reignited Firework is READY when its parents are done, else WAITING; one whose launch had failed is FIZZLED again. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad reignite_fws -s DEFUSED', says: 'everything that was defused' },
    { command: 'lpad reignite_fws -i 3', says: 'by id' },
  ],
  options: CONTROL_FWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
  handler: async () => {
    const { controlFws } = await import('../../handlers/control/control-fws.js');
    return { run: (args: ControlFwsArgs, context) => controlFws('REIGNITE', args, context) };
  },
});
