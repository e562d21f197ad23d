/** Every command of `rlaunch`, in the order of `rlaunch --help`. */
import { commandEntry, type CommandEntry } from '../program/define-command';

export const RLAUNCH_COMMANDS: readonly CommandEntry[] = [
  commandEntry(
    { name: 'singleshot', group: 'change', summary: 'Run one Firework, in the current folder' },
    async () => (await import('../commands/rlaunch/singleshot.js')).rlaunchSingleshot,
    () => import('../handlers/rlaunch/singleshot.js'),
  ),
  commandEntry(
    {
      name: 'rapidfire',
      group: 'change',
      summary: 'Run Fireworks one after the other, each in a new folder launcher_…',
    },
    async () => (await import('../commands/rlaunch/rapidfire.js')).rlaunchRapidfire,
    () => import('../handlers/rlaunch/rapidfire.js'),
  ),
  commandEntry(
    {
      name: 'multi',
      group: 'change',
      summary: 'Run Fireworks in several processes at once, each like rapidfire',
    },
    async () => (await import('../commands/rlaunch/multi.js')).rlaunchMulti,
    () => import('../handlers/rlaunch/multi.js'),
  ),
];
