import { FIREWORK_SELECTOR_OPTIONS, LATEST_OPTIONS, SAFETY_OPTIONS } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONTROL_OUTPUTS, FWS_NOTE } from './control-options';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  ...LATEST_OPTIONS,
  clear: {
    type: 'boolean',
    group: 'What is changed',
    describe: 'take the marks away',
  },
  ...SAFETY_OPTIONS,
} as const;

export type MarkFwsArgs = CommandArgs<typeof OPTIONS>;

export const markFws = defineCommand({
  notes:
    'rerun_fws -n NAME --latest and get_fws -n NAME --latest take a marked Firework of that name instead of the one that was ' +
    'launched last; of several marked ones, the one of them that was launched last. The mark stands in the metadata of the ' +
    `workflow, and changes no spec. ${FWS_NOTE}`,
  examples: [
    { command: 'lpad mark_fws -i 3', says: 'the one that the others shall be measured by' },
    { command: 'lpad rerun_fws -n train --latest', says: 'takes it, if its name is train' },
    { command: 'lpad mark_fws -n train --clear', says: 'the latest one counts again' },
  ],
  options: OPTIONS,
  outputs: CONTROL_OUTPUTS,
});
