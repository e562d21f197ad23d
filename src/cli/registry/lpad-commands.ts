/** Every command of `lpad`. Definitions and handlers are loaded when they are needed. */
import type { CommandEntry } from '../program/define-command';
import { CHANGE_COMMANDS } from './change-commands';
import { DATABASE_COMMANDS } from './database-commands';
import { LOOK_COMMANDS } from './look-commands';

export const COMMANDS: readonly CommandEntry[] = [...LOOK_COMMANDS, ...CHANGE_COMMANDS, ...DATABASE_COMMANDS];
