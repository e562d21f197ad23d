import { defineCommand, type CommandArgs } from '../program/define-command';
import {
  DISPLAY_OPTIONS,
  FIREWORK_SELECTOR_OPTIONS,
  LATEST_OPTIONS,
  RESERVATION_OPTIONS,
} from '../options/option-groups';

const OPTIONS = {
  ...FIREWORK_SELECTOR_OPTIONS,
  ...LATEST_OPTIONS,
  ...RESERVATION_OPTIONS,
  ...DISPLAY_OPTIONS,
} as const;

export type GetFwsArgs = CommandArgs<typeof OPTIONS>;

export const getFws = defineCommand({
  notes:
    'All selectors given must hold; with none, every Firework is shown. One hit is printed as an object and several as ' +
    'a list, as FireWorks does; -o json always prints a list.',
  examples: [
    { command: 'lpad get_fws -s FIZZLED', says: 'what failed' },
    { command: 'lpad get_fws -s FIZZLED -d ids', says: 'the ids that rerun_fws -s FIZZLED takes' },
    { command: 'lpad get_fws -i 3-9 -d more', says: 'with their launches' },
    { command: "lpad get_fws --error 'out of memory' -d count", says: 'how many failed that way' },
    { command: 'lpad get_fws --fingerprint 0a758af6a7', says: 'a group of lpad failures' },
    { command: `lpad get_fws -q '{"spec.temperature": {"$gte": 300}}'`, says: 'a raw MongoDB query' },
  ],
  options: OPTIONS,
  outputs: ['json', 'yaml'],
});
