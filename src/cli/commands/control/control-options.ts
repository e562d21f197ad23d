/** The options that the commands share which pause, resume, defuse, reignite and archive. */
import {
  FIREWORK_SELECTOR_OPTIONS,
  SAFETY_OPTIONS,
  WORKFLOW_SELECTOR_OPTIONS,
} from '../../options/option-groups';
import type { CommandArgs } from '../../program/define-command';

export const CONTROL_FWS_OPTIONS = { ...FIREWORK_SELECTOR_OPTIONS, ...SAFETY_OPTIONS } as const;
export type ControlFwsArgs = CommandArgs<typeof CONTROL_FWS_OPTIONS>;

export const CONTROL_WFLOWS_OPTIONS = { ...WORKFLOW_SELECTOR_OPTIONS, ...SAFETY_OPTIONS } as const;
export type ControlWflowsArgs = CommandArgs<typeof CONTROL_WFLOWS_OPTIONS>;

export const CONTROL_OUTPUTS = ['text', 'json', 'yaml', 'ids'] as const;

export const FWS_NOTE =
  'All selectors given must hold, and at least one must be given: get_fws with the same ones shows what is taken. Exit ' +
  'status: 0 all done or skipped with a reason, 1 some failed or were refused, 2 usage, 3 no database, 4 not confirmed.';

export const WFLOWS_NOTE =
  'An id is that of any member; -n, -s and -q are asked of the workflows, as in get_wflows. Exit status: 0 all done or ' +
  'skipped with a reason, 1 some failed or were refused, 2 usage, 3 no database, 4 not confirmed.';
