import { defineCommand } from '../../program/define-command';
import { CONTROL_OUTPUTS, CONTROL_WFLOWS_OPTIONS, WFLOWS_NOTE } from './control-options';

export const archiveWflows = defineCommand({
  notes: `The launches of all members are archived, so that no duplicate finder takes them, and every member becomes ARCHIVED. No process is stopped: what runs on is named. Only lpad undo brings it back. ${WFLOWS_NOTE}`,
  examples: [
    { command: 'lpad archive_wflows -i 3', says: 'the one that Firework 3 is in' },
    { command: 'lpad archive_wflows -s DEFUSED --dry-run', says: 'what would become of each' },
    {
      command: `lpad archive_wflows -q '{"metadata.project": "old"}' --yes`,
      says: 'a project, without a question',
    },
  ],
  options: CONTROL_WFLOWS_OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
