import { SAFETY_OPTIONS } from '../../options/option-groups';
import { NEW_RUN_OPTIONS } from '../../options/new-run-options';
import { defineCommand, type CommandArgs } from '../../program/define-command';

const WAY = 'How';
const RUN = 'The new run';

const OPTIONS = {
  fw_id: {
    type: 'array',
    short: 'i',
    placeholder: 'IDS',
    group: 'Which',
    describe: 'the Workflows with these Fireworks: 3 5, 3,5 or 3-9',
  },
  'as-new': {
    type: 'boolean',
    group: WAY,
    conflicts: ['rerun-from'],
    describe: 'a new Workflow of the specs as they were first run; the recorded one stays as it is',
  },
  'rerun-from': {
    type: 'number',
    placeholder: 'FW_ID',
    group: WAY,
    describe: 'a copy in which this Firework and all below it run again, and the others stand COMPLETED',
  },
  definition: {
    type: 'string',
    placeholder: 'FILE',
    group: WAY,
    needs: ['rerun-from'],
    conflicts: ['current'],
    describe: 'what runs again has the specs of this workflow file',
  },
  name: { type: 'string', placeholder: 'NAME', group: RUN, describe: 'its name; that of the recorded one' },
  ...NEW_RUN_OPTIONS,
  set: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'PATH=JSON',
    group: RUN,
    describe: 'set a key of the spec of every Firework that runs; may be repeated',
  },
  unset: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'PATH',
    group: RUN,
    describe: 'remove a key of these specs; may be repeated',
  },
  ...SAFETY_OPTIONS,
} as const;

export type RerunWflowsArgs = CommandArgs<typeof OPTIONS>;

export const rerunWflows = defineCommand({
  notes:
    'The recorded run is not touched, and nothing of it is needed on disk. To rerun in place instead: lpad rerun_fws. ' +
    'lpad undo takes a new run away again while nothing of it has run; lpad lineage shows what was rerun from what. ' +
    'Exit status: 0 all added, 1 some were refused, 2 usage, 3 no database, 4 not confirmed; with --follow 0 when the run is ' +
    'COMPLETED, 1 when it ended otherwise, 130 when you stopped following.',
  examples: [
    { command: 'lpad rerun_wflows -i 7 --as-new --dry-run', says: 'what the new run would be' },
    { command: 'lpad rerun_wflows -i 7 --as-new', says: 'the Workflow of Firework 7 once more' },
    {
      command: 'lpad rerun_wflows -i 7 --as-new --name nightly -p solar -d staging --label team=blue',
      says: 'under another name, for another project',
    },
    {
      command: 'lpad rerun_wflows -i 7 --as-new -e THREADS=4 --set cutoff=600 -f',
      says: 'with something changed, and followed to its end',
    },
    { command: 'lpad rerun_wflows -i 7 --as-new --current', says: 'with the edits that were made since' },
    {
      command: 'lpad rerun_wflows -i 7 --rerun-from 9',
      says: 'Firework 9 and all below it; the others stand',
    },
    {
      command: 'lpad rerun_wflows -i 7 --rerun-from 9 --definition workflow.yaml',
      says: 'with what the file says now',
    },
  ],
  options: OPTIONS,
  outputs: ['text', 'json', 'yaml', 'ids'],
});
