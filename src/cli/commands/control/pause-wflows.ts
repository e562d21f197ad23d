import { defineCommand } from '../../program/define-command';
import {
  CONTROL_OUTPUTS,
  CONTROL_WFLOWS_OPTIONS,
  WFLOWS_NOTE,
  type ControlWflowsArgs,
} from './control-options';

export const pauseWflows = defineCommand({
  name: 'pause_wflows',
  aliases: ['pause_wfs'],
  group: 'change',
  summary: 'Pause Workflows: no member begins to run until they are resumed',
  notes: `Every member that is WAITING, READY or RESERVED is paused; what is RUNNING goes on. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad pause_wflows -i 3', says: 'the one that Firework 3 is in' },
    { command: 'lpad pause_wflows -n campaign --dry-run', says: 'what would become of each' },
  ],
  options: CONTROL_WFLOWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
  handler: async () => {
    const { controlWflows } = await import('../../handlers/control/control-wflows.js');
    return {
      run: (args: ControlWflowsArgs, context) => controlWflows({ event: 'PAUSE' }, args, context),
    };
  },
});
