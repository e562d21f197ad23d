import { defineCommand } from '../../program/define-command';
import { CONTROL_OUTPUTS, CONTROL_WFLOWS_OPTIONS, WFLOWS_NOTE } from './control-options';

export const reigniteWflows = defineCommand({
  notes: `Paused members stay paused. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad reignite_wflows -s DEFUSED', says: 'everything that was defused' },
    { command: 'lpad reignite_wflows -i 3', says: 'the one that Firework 3 is in' },
  ],
  options: CONTROL_WFLOWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
