import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: { type: 'array', short: 'i', placeholder: 'ID', describe: 'the Workflow with this Firework' },
} as const;

export type FollowArgs = CommandArgs<typeof OPTIONS>;

export const follow = defineCommand({
  notes:
    'Shows when its Fireworks begin and end, and what they print: FW_job.out and FW_job.error where the launch directory can be ' +
    'read from here (rlaunch --local_redirect and batch systems write them), else the lines that trackers have seen, and at ' +
    'the end what was stored. Ctrl-C ends following, not the run. Exit status: 0 when the run is COMPLETED, 1 when it ended ' +
    'otherwise (FIZZLED, DEFUSED, PAUSED ...), 130 when you stopped. With -o json each event is a line.',
  examples: [
    { command: 'lpad follow -i 7', says: 'until the Workflow of Firework 7 has ended' },
    {
      command: 'lpad follow -i 7 && lpad get_fws -i 9 -d all',
      says: 'and then its result, if it is COMPLETED',
    },
  ],
  options: OPTIONS,
  outputs: ['text', 'json'],
});
