import { defineCommand } from '../../program/define-command';
import { CONTROL_FWS_OPTIONS, CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

export const reigniteFws = defineCommand({
  notes: `A reignited Firework is READY when its parents are done, else WAITING; one whose launch had failed is FIZZLED again. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad reignite_fws -s DEFUSED', says: 'everything that was defused' },
    { command: 'lpad reignite_fws -i 3', says: 'by id' },
  ],
  options: CONTROL_FWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
