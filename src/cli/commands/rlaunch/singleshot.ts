import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  fw_id: {
    type: 'number',
    short: 'f',
    placeholder: 'ID',
    describe: "this Firework, READY or RESERVED, whatever the worker's query says; 0 is any",
  },
  offline: {
    type: 'boolean',
    describe: 'without a database, from FW.json and FW_offline.json in the current folder',
  },
} as const;

export type SingleshotArgs = CommandArgs<typeof OPTIONS>;

export const rlaunchSingleshot = defineCommand({
  notes:
    "Only Fireworks whose Firetasks are all known are run: FireWorks' own, and those of the modules under firetasks: in " +
    'my_launchpad.yaml or FW_config.yaml. Exit status: 0 also when the Firework FIZZLED or none was READY, as in FireWorks; 130 interrupted ' +
    '(the running Firework becomes FIZZLED).',
  examples: [
    { command: 'rlaunch singleshot', says: 'whatever comes first' },
    { command: 'rlaunch singleshot -f 12', says: 'this one' },
  ],
  options: OPTIONS,
  outputs: [],
});
