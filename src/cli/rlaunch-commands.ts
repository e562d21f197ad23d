/** Every command of `rlaunch`, in the order of `rlaunch --help`. */
import { rlaunchMulti } from './commands/rlaunch-multi';
import { rlaunchRapidfire } from './commands/rlaunch-rapidfire';
import { rlaunchSingleshot } from './commands/rlaunch-singleshot';
import type { Command } from './program/define-command';

export const RLAUNCH_COMMANDS: readonly Command[] = [rlaunchSingleshot, rlaunchRapidfire, rlaunchMulti];
