/** The two programs. What bin/ calls, and what tests drive. */
import { COMMANDS } from './registry/lpad-commands';
import type { Program } from './program/define-command';
import type { Io } from './io';
import { GLOBAL_OPTIONS, WORKER_OPTIONS } from './options/option-groups';
import { runProgram } from './run-program';

export async function main(argv: readonly string[], io: Io): Promise<number> {
  return runProgram(LPAD, argv, io);
}

export async function mainRlaunch(argv: readonly string[], io: Io): Promise<number> {
  const { RLAUNCH_COMMANDS } = await import('./registry/rlaunch-commands.js');
  return runProgram({ ...RLAUNCH, commands: RLAUNCH_COMMANDS }, argv, io);
}

const LPAD: Program = {
  name: 'lpad',
  summary: 'Looks after Fireworks and Workflows in a LaunchPad database',
  commands: COMMANDS,
  globals: GLOBAL_OPTIONS,
  openStore: async (globals, io) => (await import('./open-store.js')).openStore(globals, io),
};

const RLAUNCH: Omit<Program, 'commands'> = {
  name: 'rlaunch',
  summary: 'Runs Fireworks that are READY, on this computer',
  globals: { ...GLOBAL_OPTIONS, ...WORKER_OPTIONS },
  openStore: LPAD.openStore,
};
