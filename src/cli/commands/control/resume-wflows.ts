import { defineCommand } from '../../program/define-command';
import {
  CONTROL_OUTPUTS,
  CONTROL_WFLOWS_OPTIONS,
  WFLOWS_NOTE,
  type ControlWflowsArgs,
} from './control-options';

export const resumeWflows = defineCommand({
  name: 'resume_wflows',
  aliases: ['resume_wfs'],
  group: 'change',
  summary: 'Resume Workflows: every member that was paused',
  notes: `FireWorks has no such command. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad resume_wflows -s PAUSED', says: 'everything that is paused' },
    { command: 'lpad resume_wflows -i 3', says: 'the one that Firework 3 is in' },
  ],
  options: CONTROL_WFLOWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
  handler: async () => {
    const { controlWflows } = await import('../../handlers/control/control-wflows.js');
    return {
      run: (args: ControlWflowsArgs, context) => controlWflows({ event: 'RESUME' }, args, context),
    };
  },
});
