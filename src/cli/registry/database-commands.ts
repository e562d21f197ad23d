/** The commands of `lpad` of the database and the configuration, in the order of `lpad --help`. */
import { commandEntry, type CommandEntry } from '../program/define-command';

export const DATABASE_COMMANDS: readonly CommandEntry[] = [
  commandEntry(
    {
      name: 'init',
      group: 'database',
      summary: 'Write my_launchpad.yaml, the file that says where the database is',
    },
    async () => (await import('../commands/init.js')).init,
    () => import('../handlers/init.js'),
  ),
  commandEntry(
    {
      name: 'repair',
      group: 'database',
      summary: 'Finish what processes that died left half done, and release their locks',
    },
    async () => (await import('../commands/journal/repair.js')).repair,
    () => import('../handlers/journal/repair.js'),
  ),
  commandEntry(
    {
      name: 'admin maintain',
      aliases: ['maintain'],
      group: 'database',
      summary: 'Lost runs become FIZZLED, stale reservations are given up',
    },
    async () => (await import('../commands/upkeep/admin.js')).adminMaintain,
    () => import('../handlers/upkeep/maintain.js'),
  ),
  commandEntry(
    {
      name: 'admin orphaned',
      aliases: ['orphaned'],
      group: 'database',
      summary: 'Show Fireworks that belong to no Workflow, or delete them',
    },
    async () => (await import('../commands/remove/admin-orphaned.js')).adminOrphaned,
    () => import('../handlers/remove/admin-orphaned.js'),
  ),
  commandEntry(
    {
      name: 'admin refresh',
      aliases: ['refresh'],
      group: 'database',
      summary: 'Bring the states of Workflows and their Fireworks up to date',
    },
    async () => (await import('../commands/upkeep/admin.js')).adminRefresh,
    () => import('../handlers/upkeep/refresh.js'),
  ),
  commandEntry(
    {
      name: 'admin tuneup',
      aliases: ['tuneup'],
      group: 'database',
      summary: 'Create the indexes that the database should have',
    },
    async () => (await import('../commands/upkeep/admin.js')).adminTuneup,
    () => import('../handlers/upkeep/tuneup.js'),
  ),
  commandEntry(
    {
      name: 'admin unlock',
      aliases: ['unlock'],
      group: 'database',
      summary: 'Release the locks of Workflows whose program was killed',
    },
    async () => (await import('../commands/upkeep/admin.js')).adminUnlock,
    () => import('../handlers/upkeep/unlock.js'),
  ),
  commandEntry(
    {
      name: 'cache list',
      group: 'database',
      summary: 'Show which results are in the cache, namespace by namespace',
    },
    async () => (await import('../commands/cache/cache.js')).cacheList,
    () => import('../handlers/cache/list.js'),
  ),
  commandEntry(
    {
      name: 'cache clear',
      group: 'database',
      summary: 'Forget results of the cache: what has them is run again',
    },
    async () => (await import('../commands/cache/cache.js')).cacheClear,
    () => import('../handlers/cache/clear.js'),
  ),
  commandEntry(
    {
      name: 'reset',
      group: 'database',
      summary: 'Empty the database: every Workflow, Firework and Launch is lost',
    },
    async () => (await import('../commands/reset.js')).reset,
    () => import('../handlers/reset.js'),
  ),
  commandEntry(
    { name: 'version', group: 'database', summary: 'Show the version, and where it is installed' },
    async () => (await import('../commands/version.js')).version,
    () => import('../handlers/version.js'),
  ),
];
