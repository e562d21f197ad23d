import { defineCommand, type CommandArgs } from '../../program/define-command';

const OPTIONS = {
  names: { type: 'array', short: 'n', placeholder: 'NAME', describe: 'names of the Fireworks, in order' },
  wf_name: {
    type: 'string',
    short: 'w',
    placeholder: 'NAME',
    describe: 'name of the workflow; without it that of the first Firework',
  },
  delimiter: {
    type: 'string',
    short: 'd',
    placeholder: 'TEXT',
    describe: 'what separates several scripts within one word',
  },
} as const;

const POSITIONALS = {
  scripts: { type: 'array', required: true, placeholder: 'SCRIPT', describe: 'commands for the shell' },
} as const;

export type AddScriptsArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const addScripts = defineCommand({
  notes: 'Each becomes a Firework with a ScriptTask, which waits for the one before it.',
  examples: [
    { command: "lpad add_scripts './relax.sh' './static.sh'", says: 'two Fireworks' },
    {
      command: "lpad add_scripts './relax.sh' './static.sh' -n relax static -w silicon",
      says: 'with names',
    },
    { command: "lpad add_scripts 'make; make check' -d ';'", says: 'two as well' },
  ],
  options: OPTIONS,
  positionals: POSITIONALS,
  outputs: ['text', 'json'],
});
