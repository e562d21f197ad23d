import { defineCommand, type CommandArgs } from '../../program/define-command';
import {
  DISPLAY_OPTIONS,
  LAUNCH_SELECTOR_OPTIONS,
  RESERVATION_OPTIONS,
  SORT_OPTIONS,
} from '../../options/option-groups';

const WORKFLOWS = 'Of which workflows';
const FIREWORKS = 'Which of their Fireworks';

const OPTIONS = {
  wf_fw_id: {
    type: 'array',
    multiShort: 'wfi',
    placeholder: 'IDS',
    group: WORKFLOWS,
    describe: 'ids of any members: 3 5, 3,5 or 3-9',
  },
  wf_name: {
    type: 'array',
    perUse: 'one word',
    multiShort: 'wfn',
    placeholder: 'NAME',
    group: WORKFLOWS,
    describe: 'exact name; may be repeated',
  },
  wf_state: {
    type: 'array',
    multiShort: 'wfs',
    placeholder: 'STATE',
    group: WORKFLOWS,
    describe: 'state of the workflow; may be repeated',
  },
  wf_query: {
    type: 'string',
    multiShort: 'wfq',
    placeholder: 'QUERY',
    group: WORKFLOWS,
    describe: 'a MongoDB query of workflows',
  },
  fw_fw_id: {
    type: 'array',
    multiShort: 'fwi',
    placeholder: 'IDS',
    group: FIREWORKS,
    describe: 'ids: 3 5, 3,5 or 3-9',
  },
  fw_name: {
    type: 'array',
    perUse: 'one word',
    multiShort: 'fwn',
    placeholder: 'NAME',
    group: FIREWORKS,
    describe: 'exact name; may be repeated',
  },
  fw_state: {
    type: 'array',
    multiShort: 'fws',
    placeholder: 'STATE',
    group: FIREWORKS,
    describe: 'one of the nine states; may be repeated',
  },
  fw_query: {
    type: 'string',
    multiShort: 'fwq',
    placeholder: 'QUERY',
    group: FIREWORKS,
    describe: 'a MongoDB query of Fireworks',
  },
  launches_mode: {
    ...LAUNCH_SELECTOR_OPTIONS.launches_mode,
    group: FIREWORKS,
    describe: 'ask -fwq and -fws of the active launches',
  },
  error: { ...LAUNCH_SELECTOR_OPTIONS.error, group: FIREWORKS },
  fingerprint: { ...LAUNCH_SELECTOR_OPTIONS.fingerprint, group: FIREWORKS },
  qid: { ...RESERVATION_OPTIONS.qid, group: FIREWORKS },
  ...SORT_OPTIONS,
  ...DISPLAY_OPTIONS,
} as const;

export type GetFwsInWflowsArgs = CommandArgs<typeof OPTIONS>;

export const getFwsInWflows = defineCommand({
  notes: 'All selectors given must hold. Fireworks that are in no workflow are never shown.',
  examples: [
    {
      command: 'lpad get_fws_in_wflows -wfs FIZZLED -fws FIZZLED',
      says: 'what failed in workflows that failed',
    },
    {
      command: `lpad get_fws_in_wflows -wfq '{"metadata.project": "x"}' -d ids`,
      says: 'the members of a project',
    },
    { command: 'lpad get_fws_in_wflows -wfn relax -fws READY -d count', says: 'how many are left to do' },
  ],
  options: OPTIONS,
  outputs: ['json', 'yaml'],
});
