/** A program like lpad, with commands that return what they were given. */
import type { Command, CommandContext, CommandEntry, Program } from '../../../src/cli/program/define-command';
import {
  CONFIRM_OPTIONS,
  DISPLAY_OPTIONS,
  FIREWORK_SELECTOR_OPTIONS,
  GLOBAL_OPTIONS,
  SELECTOR_OPTIONS,
} from '../../../src/cli/options/option-groups';
import type { ExitStatus } from '../../../src/errors';

export interface Ran {
  readonly command: string;
  readonly args: unknown;
  readonly context: CommandContext;
}

export interface FakeProgram {
  readonly program: Omit<Program, 'commands'> & { readonly commands: readonly FakeEntry[] };
  readonly ran: Ran[];
}

/** An entry whose definition is there already. */
export type FakeEntry = Command & Pick<CommandEntry, 'load'>;

function fakeEntry(command: Command): FakeEntry {
  return { ...command, load: () => Promise.resolve(command) };
}

type Behaviour = (context: CommandContext) => ExitStatus | Promise<ExitStatus>;

export function fakeProgram(behaviour: Behaviour = () => 0): FakeProgram {
  const ran: Ran[] = [];
  const handle = (command: string) => () =>
    Promise.resolve({
      run: async (args: unknown, context: CommandContext): Promise<ExitStatus> => {
        ran.push({ command, args, context });
        return await behaviour(context);
      },
    });
  const program: FakeProgram['program'] = {
    name: 'lpad',
    summary: 'Looks after Fireworks',
    globals: GLOBAL_OPTIONS,
    openStore: () => Promise.reject(new Error('no store here')),
    commands: [
      fakeEntry({
        name: 'get_fws',
        group: 'query',
        summary: 'List Fireworks',
        examples: [{ command: 'lpad get_fws -s FIZZLED -d count', says: 'how many fizzled' }],
        options: { ...FIREWORK_SELECTOR_OPTIONS, ...DISPLAY_OPTIONS },
        handler: handle('get_fws'),
      }),
      fakeEntry({
        name: 'rerun_fws',
        aliases: ['rerun'],
        group: 'change',
        summary: 'Rerun Fireworks',
        examples: [{ command: 'lpad rerun_fws -s FIZZLED', says: 'everything that failed' }],
        outputs: ['text', 'json', 'ids'],
        options: {
          ...FIREWORK_SELECTOR_OPTIONS,
          'task-level': { type: 'boolean', describe: 'from the failed Firetask on' },
          launch_id: {
            type: 'array',
            multiShort: 'lid',
            needs: ['task-level'],
            placeholder: 'LAUNCH_IDS',
            describe: 'recover from these',
          },
          'copy-data': {
            type: 'boolean',
            multiShort: 'cp',
            conflicts: ['previous-dir'],
            describe: 'copy the directory',
          },
          'previous-dir': {
            type: 'boolean',
            multiShort: 'pd',
            conflicts: ['copy-data'],
            describe: 'run in the old directory',
          },
          'dry-run': { type: 'boolean', describe: 'change nothing' },
          ...CONFIRM_OPTIONS,
        },
        handler: handle('rerun_fws'),
      }),
      fakeEntry({
        name: 'set_priority',
        group: 'change',
        summary: 'Set the priority of Fireworks',
        examples: [{ command: 'lpad set_priority -i 3 10', says: 'Firework 3 before most' }],
        positionals: { priority: { type: 'number', required: true, describe: 'higher runs earlier' } },
        options: {
          ...SELECTOR_OPTIONS,
          whole: { type: 'boolean', multiShort: 'wf', describe: 'all of the Workflow' },
        },
        handler: handle('set_priority'),
      }),
      fakeEntry({
        name: 'add',
        group: 'change',
        summary: 'Add Workflows',
        examples: [{ command: 'lpad add fw.yaml', says: 'one file' }],
        positionals: {
          wf_file: { type: 'array', required: true, placeholder: 'FILE', describe: 'workflow files' },
        },
        options: { check: { type: 'boolean', short: 'c', describe: 'check only' } },
        handler: handle('add'),
      }),
      fakeEntry({
        name: 'admin tuneup',
        group: 'database',
        summary: 'Create indexes',
        examples: [{ command: 'lpad admin tuneup', says: 'in the background' }],
        handler: handle('admin tuneup'),
      }),
    ],
  };
  return { program, ran };
}
