import { defineCommand } from '../../program/define-command';
import { CONTROL_FWS_OPTIONS, CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

export const pauseFws = defineCommand({
  notes: `What is WAITING, READY or RESERVED can be paused; no process is stopped. What is below stays WAITING. resume_fws takes it back. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad pause_fws -i 3 5 8-12', says: 'by id' },
    { command: 'lpad pause_fws -s READY --dry-run', says: 'what would become of each' },
    { command: 'lpad pause_fws -n relax -s READY', says: 'every relax that is ready' },
  ],
  options: CONTROL_FWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
