/** The commands of `lpad` that show something, in the order of `lpad --help`. */
import { commandEntry, type CommandEntry } from '../program/define-command';

export const LOOK_COMMANDS: readonly CommandEntry[] = [
  commandEntry(
    {
      name: 'get_fws',
      group: 'query',
      summary: 'Show Fireworks; with the same selectors, the ones that rerun_fws would rerun',
    },
    async () => (await import('../commands/get-fws.js')).getFws,
    () => import('../handlers/get-fws.js'),
  ),
  commandEntry(
    { name: 'get_wflows', aliases: ['get_wfs'], group: 'query', summary: 'Show Workflows' },
    async () => (await import('../commands/get-wflows.js')).getWflows,
    () => import('../handlers/get-wflows.js'),
  ),
  commandEntry(
    {
      name: 'get_fws_in_wflows',
      aliases: ['get_fws_in_wfs'],
      group: 'query',
      summary: 'Show Fireworks of the workflows that are selected',
    },
    async () => (await import('../commands/look/get-fws-in-wflows.js')).getFwsInWflows,
    () => import('../handlers/look/get-fws-in-wflows.js'),
  ),
  commandEntry(
    { name: 'track_fws', group: 'query', summary: 'Show the last lines of the files that Fireworks track' },
    async () => (await import('../commands/look/track-fws.js')).trackFws,
    () => import('../handlers/look/track-fws.js'),
  ),
  commandEntry(
    {
      name: 'get_launchdir',
      group: 'query',
      summary: 'Show the directory in which a Firework was launched last',
    },
    async () => (await import('../commands/look/get-launchdir.js')).getLaunchdir,
    () => import('../handlers/look/get-launchdir.js'),
  ),
  commandEntry(
    { name: 'cat', group: 'query', summary: 'Show the source code that a Firework ran with' },
    async () => (await import('../commands/look/cat.js')).cat,
    () => import('../handlers/look/cat.js'),
  ),
  commandEntry(
    {
      name: 'get_qids',
      group: 'query',
      summary: 'Show under which ids Fireworks were submitted to the batch queue',
    },
    async () => (await import('../commands/look/get-qids.js')).getQids,
    () => import('../handlers/look/get-qids.js'),
  ),
  commandEntry(
    {
      name: 'follow',
      group: 'query',
      summary: 'Show what happens in a Workflow, and what it prints, until it ends',
    },
    async () => (await import('../commands/rerun/follow.js')).follow,
    () => import('../handlers/rerun/follow.js'),
  ),
  commandEntry(
    {
      name: 'lineage',
      group: 'query',
      summary: 'Show what a Workflow is a new run of, and which new runs were made of it',
    },
    async () => (await import('../commands/look/lineage.js')).lineage,
    () => import('../handlers/look/lineage.js'),
  ),
  commandEntry(
    {
      name: 'check_wflow',
      group: 'query',
      summary: 'Check that a workflow hangs together and that every input has one source',
    },
    async () => (await import('../commands/look/check-wflow.js')).checkWflow,
    () => import('../handlers/look/check-wflow.js'),
  ),
  commandEntry(
    {
      name: 'report',
      group: 'query',
      summary:
        'Show how many Fireworks, launches or workflows came to be in which state, period by period; or what the last recovery did',
    },
    async () => (await import('../commands/look/report.js')).report,
    () => import('../handlers/look/report.js'),
  ),
  commandEntry(
    {
      name: 'introspect',
      group: 'query',
      summary: 'Show what recent failures have in common, beside what succeeded',
    },
    async () => (await import('../commands/look/introspect.js')).introspect,
    () => import('../handlers/look/introspect.js'),
  ),
  commandEntry(
    {
      name: 'failures',
      group: 'query',
      summary: 'Show what is FIZZLED, grouped by error, with the command that reruns each group',
    },
    async () => (await import('../commands/look/failures.js')).failures,
    () => import('../handlers/look/failures.js'),
  ),
  commandEntry(
    {
      name: 'explain',
      group: 'query',
      summary: 'Show why a Firework is in its state, its attempts side by side, and what a rerun would reset',
    },
    async () => (await import('../commands/look/explain.js')).explain,
    () => import('../handlers/look/explain.js'),
  ),
  commandEntry(
    {
      name: 'quarantine list',
      group: 'query',
      summary: 'Show what lpad recover has given up, with the reasons',
    },
    async () => (await import('../commands/recovery/quarantine.js')).quarantineList,
    () => import('../handlers/recovery/quarantine-list.js'),
  ),
  commandEntry(
    {
      name: 'dump_wflow',
      group: 'query',
      summary: 'Write a workflow to a file, with its states and launches',
    },
    async () => (await import('../commands/transfer/dump-wflow.js')).dumpWflow,
    () => import('../handlers/transfer/dump-wflow.js'),
  ),
  commandEntry(
    {
      name: 'export',
      group: 'query',
      summary: 'Write workflows with all that they did to a file, for lpad import',
    },
    async () => (await import('../commands/transfer/export.js')).exportCommand,
    () => import('../handlers/transfer/export.js'),
  ),
  commandEntry(
    {
      name: 'journal',
      group: 'query',
      summary: 'Show what was changed, when, by whom and with which command',
    },
    async () => (await import('../commands/journal/journal.js')).journal,
    () => import('../handlers/journal/journal.js'),
  ),
];
