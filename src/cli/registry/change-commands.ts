/** The commands of `lpad` that change Fireworks and Workflows, in the order of `lpad --help`. */
import { commandEntry, type CommandEntry } from '../program/define-command';

export const CHANGE_COMMANDS: readonly CommandEntry[] = [
  commandEntry(
    {
      name: 'rerun_fws',
      group: 'change',
      summary: 'Rerun Fireworks: archive their launches, and reset them and what depends on them',
    },
    async () => (await import('../commands/rerun/rerun-fws.js')).rerunFws,
    () => import('../handlers/rerun/rerun-fws.js'),
  ),
  commandEntry(
    {
      name: 'rerun_wflows',
      aliases: ['rerun_wfs'],
      group: 'change',
      summary: 'Run Workflows once more as new ones, whole or from one Firework on',
    },
    async () => (await import('../commands/rerun/rerun-wflows.js')).rerunWflows,
    () => import('../handlers/rerun/rerun-wflows.js'),
  ),
  commandEntry(
    {
      name: 'rerun_from_file',
      group: 'change',
      summary: 'Run a saved job again, from what is in its directory, without a database',
    },
    async () => (await import('../commands/rerun/rerun-from-file.js')).rerunFromFile,
    () => import('../handlers/rerun/rerun-from-file.js'),
  ),
  commandEntry(
    {
      name: 'recover',
      group: 'change',
      summary: 'Treat what failed by the rules of a policy, unattended: rerun, quarantine or leave',
    },
    async () => (await import('../commands/recovery/recover.js')).recover,
    () => import('../handlers/recovery/recover.js'),
  ),
  commandEntry(
    {
      name: 'quarantine release',
      group: 'change',
      summary: 'Let lpad recover try Fireworks again that it has given up',
    },
    async () => (await import('../commands/recovery/quarantine.js')).quarantineRelease,
    () => import('../handlers/recovery/quarantine-release.js'),
  ),
  commandEntry(
    {
      name: 'pause_fws',
      group: 'change',
      summary: 'Pause Fireworks: they do not run until they are resumed',
    },
    async () => (await import('../commands/control/pause-fws.js')).pauseFws,
    async () => (await import('../handlers/control/control-fws.js')).controlFwsBy('PAUSE'),
  ),
  commandEntry(
    { name: 'resume_fws', group: 'change', summary: 'Resume Fireworks that were paused' },
    async () => (await import('../commands/control/resume-fws.js')).resumeFws,
    async () => (await import('../handlers/control/control-fws.js')).controlFwsBy('RESUME'),
  ),
  commandEntry(
    {
      name: 'defuse_fws',
      group: 'change',
      summary: 'Defuse Fireworks: cancel them, and with them what is below',
    },
    async () => (await import('../commands/control/defuse-fws.js')).defuseFws,
    async () => (await import('../handlers/control/control-fws.js')).controlFwsBy('DEFUSE'),
  ),
  commandEntry(
    { name: 'reignite_fws', group: 'change', summary: 'Reignite Fireworks that were defused' },
    async () => (await import('../commands/control/reignite-fws.js')).reigniteFws,
    async () => (await import('../handlers/control/control-fws.js')).controlFwsBy('REIGNITE'),
  ),
  commandEntry(
    { name: 'update_fws', group: 'change', summary: 'Update the specs of Fireworks' },
    async () => (await import('../commands/control/update-fws.js')).updateFws,
    () => import('../handlers/control/update-fws.js'),
  ),
  commandEntry(
    {
      name: 'set_priority',
      group: 'change',
      summary: 'Set the priority of Fireworks: the highest is run first',
    },
    async () => (await import('../commands/control/set-priority.js')).setPriority,
    () => import('../handlers/control/set-priority.js'),
  ),
  commandEntry(
    {
      name: 'mark_fws',
      group: 'change',
      summary: 'Mark Fireworks: --latest takes them instead of the latest ones of their name',
    },
    async () => (await import('../commands/control/mark-fws.js')).markFws,
    () => import('../handlers/control/mark-fws.js'),
  ),
  commandEntry(
    {
      name: 'pause_wflows',
      aliases: ['pause_wfs'],
      group: 'change',
      summary: 'Pause Workflows: no member begins to run until they are resumed',
    },
    async () => (await import('../commands/control/pause-wflows.js')).pauseWflows,
    async () => (await import('../handlers/control/control-wflows.js')).controlWflowsBy('PAUSE'),
  ),
  commandEntry(
    {
      name: 'resume_wflows',
      aliases: ['resume_wfs'],
      group: 'change',
      summary: 'Resume Workflows: every member that was paused',
    },
    async () => (await import('../commands/control/resume-wflows.js')).resumeWflows,
    async () => (await import('../handlers/control/control-wflows.js')).controlWflowsBy('RESUME'),
  ),
  commandEntry(
    {
      name: 'defuse_wflows',
      aliases: ['defuse_wfs'],
      group: 'change',
      summary: 'Defuse Workflows: cancel whatever has not ended in them',
    },
    async () => (await import('../commands/control/defuse-wflows.js')).defuseWflows,
    async () => (await import('../handlers/control/control-wflows.js')).controlWflowsBy('DEFUSE'),
  ),
  commandEntry(
    {
      name: 'reignite_wflows',
      aliases: ['reignite_wfs'],
      group: 'change',
      summary: 'Reignite Workflows: every member that was defused',
    },
    async () => (await import('../commands/control/reignite-wflows.js')).reigniteWflows,
    async () => (await import('../handlers/control/control-wflows.js')).controlWflowsBy('REIGNITE'),
  ),
  commandEntry(
    {
      name: 'archive_wflows',
      aliases: ['archive_wfs'],
      group: 'change',
      summary: 'Archive Workflows for good, results included',
    },
    async () => (await import('../commands/control/archive-wflows.js')).archiveWflows,
    async () => (await import('../handlers/control/control-wflows.js')).controlWflowsBy('ARCHIVE'),
  ),
  commandEntry(
    { name: 'apply', group: 'change', summary: 'Commit a plan that a command wrote with --plan' },
    async () => (await import('../commands/journal/apply.js')).apply,
    () => import('../handlers/journal/apply.js'),
  ),
  commandEntry(
    {
      name: 'undo',
      group: 'change',
      summary: 'Take back a change: every Firework that nothing has touched since becomes what it was',
    },
    async () => (await import('../commands/journal/undo.js')).undo,
    () => import('../handlers/journal/undo.js'),
  ),
  commandEntry(
    { name: 'add', group: 'change', summary: 'Add workflows from YAML or JSON files' },
    async () => (await import('../commands/add.js')).add,
    () => import('../handlers/add.js'),
  ),
  commandEntry(
    {
      name: 'add_scripts',
      group: 'change',
      summary: 'Add a workflow that runs shell commands one after the other',
    },
    async () => (await import('../commands/transfer/add-scripts.js')).addScripts,
    () => import('../handlers/transfer/add-scripts.js'),
  ),
  commandEntry(
    {
      name: 'append_wflow',
      group: 'change',
      summary: 'Hang a workflow from a file below Fireworks of one that is there',
    },
    async () => (await import('../commands/growth/append-wflow.js')).appendWflow,
    () => import('../handlers/growth/append-wflow.js'),
  ),
  commandEntry(
    {
      name: 'delete_wflows',
      aliases: ['delete_wfs'],
      group: 'change',
      summary: 'Delete Workflows with all their Fireworks and launches',
    },
    async () => (await import('../commands/remove/delete-wflows.js')).deleteWflows,
    () => import('../handlers/remove/delete-wflows.js'),
  ),
  commandEntry(
    {
      name: 'import',
      group: 'change',
      summary: 'Bring in what lpad export wrote: workflows with all that they did',
    },
    async () => (await import('../commands/transfer/import.js')).importCommand,
    () => import('../handlers/transfer/import.js'),
  ),
  commandEntry(
    {
      name: 'detect_lostruns',
      group: 'change',
      summary: 'Find runs that nothing has been heard of for long; fizzle or rerun them',
    },
    async () => (await import('../commands/upkeep/detect-lostruns.js')).detectLostruns,
    () => import('../handlers/upkeep/detect-lostruns.js'),
  ),
  commandEntry(
    {
      name: 'detect_unreserved',
      group: 'change',
      summary: 'Find reservations that no job of the queue has taken up; prints their launch ids',
    },
    async () => (await import('../commands/upkeep/detect-unreserved.js')).detectUnreserved,
    () => import('../handlers/upkeep/detect-unreserved.js'),
  ),
  commandEntry(
    {
      name: 'cancel_qid',
      group: 'change',
      summary: 'Give up a reservation by the id of its job in the queue',
    },
    async () => (await import('../commands/upkeep/cancel-qid.js')).cancelQid,
    () => import('../handlers/upkeep/cancel-qid.js'),
  ),
  commandEntry(
    {
      name: 'recover_offline',
      group: 'change',
      summary: 'Read what offline runs have left in their directories into the database',
    },
    async () => (await import('../commands/upkeep/offline.js')).recoverOffline,
    () => import('../handlers/upkeep/recover-offline.js'),
  ),
  commandEntry(
    {
      name: 'recover_unsaved',
      group: 'change',
      summary: 'Bring results into the database that rockets could only leave in their directories',
    },
    async () => (await import('../commands/upkeep/recover-unsaved.js')).recoverUnsaved,
    () => import('../handlers/upkeep/recover-unsaved.js'),
  ),
  commandEntry(
    {
      name: 'forget_offline',
      group: 'change',
      summary: 'Read the directories of these offline runs no more',
    },
    async () => (await import('../commands/upkeep/offline.js')).forgetOffline,
    () => import('../handlers/upkeep/forget-offline.js'),
  ),
];
