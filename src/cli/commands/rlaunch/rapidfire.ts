import { defineCommand, type CommandArgs } from '../../program/define-command';
import { PAUSE_OPTIONS } from './pauses';

const OPTIONS = {
  nlaunches: {
    type: 'string',
    default: '0',
    placeholder: 'N',
    describe: 'end after N Fireworks; 0 when nothing is left to do, now or soon; infinite never',
  },
  timeout: PAUSE_OPTIONS.timeout,
  max_loops: {
    type: 'number',
    default: -1,
    placeholder: 'N',
    describe: 'end after so many pauses; -1 is no limit',
  },
  sleep: PAUSE_OPTIONS.sleep,
  offline: {
    type: 'boolean',
    conflicts: ['local_redirect'],
    describe:
      'without a database: every prepared offline directory below the current folder that has not begun',
  },
  local_redirect: {
    type: 'boolean',
    describe: 'output into FW_job.out and FW_job.error of each launch folder',
  },
} as const;

export type RapidfireArgs = CommandArgs<typeof OPTIONS>;

export const rlaunchRapidfire = defineCommand({
  notes:
    'Exit status: 0 also when Fireworks FIZZLED, as in FireWorks; 130 interrupted (the running Firework becomes FIZZLED).',
  examples: [
    { command: 'rlaunch rapidfire', says: 'until nothing is left' },
    { command: 'rlaunch rapidfire --nlaunches 10', says: 'ten of them' },
    { command: 'rlaunch rapidfire --nlaunches infinite --sleep 30', says: 'for ever' },
  ],
  options: OPTIONS,
  outputs: [],
});
