import { defineCommand, type CommandArgs } from '../../program/define-command';
import { LAUNCH_SELECTOR_OPTIONS, SELECTOR_OPTIONS, SORT_OPTIONS } from '../../options/option-groups';

const OPTIONS = {
  ...SELECTOR_OPTIONS,
  ...LAUNCH_SELECTOR_OPTIONS,
  include: {
    type: 'array',
    short: 'c',
    placeholder: 'FILE',
    group: 'Output',
    describe: 'only these files, named as in _trackers',
  },
  exclude: { type: 'array', short: 'x', placeholder: 'FILE', group: 'Output', describe: 'not these files' },
  max: { ...SORT_OPTIONS.max, describe: 'at most N Fireworks; 0 is no limit' },
} as const;

export type TrackFwsArgs = CommandArgs<typeof OPTIONS>;

export const trackFws = defineCommand({
  notes:
    'A Firework tracks what its spec names under _trackers. The lines are those of the last sign of life of its rocket, ' +
    'of every launch, archived ones included.',
  examples: [
    { command: 'lpad track_fws -s RUNNING', says: 'how far everything is' },
    { command: 'lpad track_fws -i 7 -c log.txt', says: 'one file of one Firework' },
  ],
  options: OPTIONS,
  outputs: ['text', 'json'],
});
