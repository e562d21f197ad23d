/** `lpad delete_wflows`: workflows with all that belongs to them, and on request their folders. */
import { EXIT, type ExitStatus } from '../../../errors';
import {
  deleteWorkflows,
  failedDeletion,
  type DeleteOutcome,
  type DeleteReport,
} from '../../../launchpad/remove/delete-workflows';
import type { FolderOutcome } from '../../../launchpad/remove/launch-folders';
import { findNamedMembers, type NamedMembers } from '../../../launchpad/upkeep/find-named-members';
import { createRunContext } from '../../../launchpad/run-context';
import type { LaunchPadStore, WorkflowSelection } from '../../../storage/launchpad-store';
import type { DeleteWflowsArgs } from '../../commands/remove/delete-wflows';
import { confirmChange } from '../../confirm';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { createProgress } from '../../output/progress';
import { requireSelector, toWorkflowSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';
import { clearFolders, idsOfLaunches, removalLines } from './removal-lines';

export async function run(args: DeleteWflowsArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const { io, say } = context;
  const { dryRun, ldirs, yes, password, maxUnasked } = args;
  const selection = toWorkflowSelection(args);
  const store = await context.openStore();
  const targets = await findNamedMembers(store, selection);
  const { memberships, unknown } = targets;
  const fireworks = memberships.reduce((sum, { size }) => sum + size, 0);
  const folders = ldirs ? ' and folders' : '';
  const describe = `delete ${counted(memberships.length, 'workflow')} with ${counted(fireworks, 'Firework')}, their launches${folders}`;
  if (!dryRun) await confirmChange({ count: memberships.length, maxUnasked, yes, password, io, describe });
  const { outcomes, journalId, interrupted } = await remove(store, targets, selection, args, context);
  const missing = unknown.map((fwId) =>
    failedDeletion(fwId, 'failed', `no workflow has Firework ${String(fwId)}`),
  );
  const all = [...outcomes, ...missing];
  warnOfRunning(outcomes, context);
  const done = outcomes.filter(({ outcome }) => outcome === 'deleted');
  const launches = done.flatMap((one) => one.launches);
  const cleared = ldirs && !dryRun ? await clearFolders(store, launches, context) : [];
  await print(all, { journalId, cleared }, args, context);
  say(
    dryRun
      ? `${counted(done.length, 'workflow')} would be deleted. Nothing was written.`
      : `Finished deleting ${String(done.length)} WFs`,
  );
  if (journalId !== undefined) say(`to bring them back: lpad undo ${journalId}`);
  if (interrupted) return EXIT.interrupted;
  return all.every(({ outcome }) => outcome === 'deleted' || outcome === 'skipped')
    ? EXIT.ok
    : EXIT.someFailed;
}

async function remove(
  store: LaunchPadStore,
  { memberships }: NamedMembers,
  { where }: WorkflowSelection,
  { dryRun }: DeleteWflowsArgs,
  { io, commandLine }: CommandContext,
): Promise<DeleteReport> {
  const progress = createProgress({ io, total: memberships.length, what: 'workflows' });
  let shown = 0;
  const onProgress = (done: number): void => {
    progress.advance(done - shown);
    shown = done;
  };
  const run = createRunContext({ operation: 'delete', commandLine, now: () => io.now() });
  try {
    // One outcome for each, by whichever member it was found.
    const single = memberships.map((one) => ({ ...one, members: one.members.slice(0, 1) }));
    const request = { memberships: single, dryRun, signal: io.signal, onProgress };
    return await deleteWorkflows(store, where ? { ...request, where } : request, run);
  } finally {
    progress.finish();
  }
}

function warnOfRunning(outcomes: readonly DeleteOutcome[], { warn }: CommandContext): void {
  const underWay = outcomes.flatMap((one) => one.underWay);
  if (underWay.length === 0) return;
  const some = underWay.slice(0, 10).join(', ');
  const more = underWay.length > 10 ? `, and ${String(underWay.length - 10)} more` : '';
  warn(`RUNNING or RESERVED, and no process or queue job is stopped: ${some}${more}`);
}

interface Done {
  readonly journalId: string | undefined;
  readonly cleared: readonly FolderOutcome[];
}

async function print(
  outcomes: readonly DeleteOutcome[],
  { journalId, cleared }: Done,
  { dryRun, ldirs }: DeleteWflowsArgs,
  { io, globals }: CommandContext,
): Promise<void> {
  const deleted = outcomes.filter(({ outcome }) => outcome === 'deleted');
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const workflows = outcomes.map(({ fwId, name, outcome, reason, fwIds, launches }) => ({
      fw_id: fwId,
      name,
      outcome,
      reason: reason ?? null,
      fireworks: fwIds,
      launches: idsOfLaunches(launches),
    }));
    const counts = {
      deleted: deleted.length,
      left: outcomes.length - deleted.length,
      fireworks: deleted.reduce((sum, { fwIds }) => sum + fwIds.length, 0),
      launches: deleted.reduce((sum, { launches }) => sum + launches.length, 0),
    };
    const folders = cleared.map(({ folder, outcome, reason }) => ({
      folder,
      outcome,
      reason: reason ?? null,
    }));
    const report = { journal_id: journalId ?? null, dry_run: dryRun, workflows, folders, counts };
    await writeOut(io, `${toJsonText(report)}\n`);
  } else if (globals.output === 'ids')
    await writeOut(io, deleted.flatMap(({ fwIds }) => fwIds.map((fwId) => `${String(fwId)}\n`)).join(''));
  else await writeOut(io, outcomes.flatMap((one) => linesOf(one, ldirs, dryRun)).join(''));
}

/** FireWorks' lines; in a dry run they say what would be done. */
function linesOf(one: DeleteOutcome, ldirs: boolean, dryRun: boolean): readonly string[] {
  if (one.outcome !== 'deleted')
    return [`${one.outcome} workflow of ${String(one.fwId)}: ${one.reason ?? ''}\n`];
  const lines = [...removalLines(one, ldirs), 'Removing workflow.\n'];
  return dryRun
    ? [`would delete workflow of ${String(one.fwId)} ${one.name}:\n`, ...lines.map((line) => `  ${line}`)]
    : lines;
}
