/** `lpad admin orphaned`: Fireworks without a workflow, shown as get_fws shows them, or deleted. */
import { EXIT, type ExitStatus } from '../../../errors';
import { deleteOrphans, findOrphans } from '../../../launchpad/remove/delete-orphans';
import { createRunContext } from '../../../launchpad/run-context';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { OrphanedArgs } from '../../commands/remove/admin-orphaned';
import { confirmChange } from '../../confirm';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { toFireworkSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';
import { printFireworks } from '../look/print-fireworks';
import { withReservation } from '../reservation';
import { clearFolders, removalLines } from './removal-lines';

export async function run(args: OrphanedArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals } = context;
  const asked = toFireworkSelection(args);
  const store = await context.openStore();
  const selection = await withReservation(store, asked, args.qid);
  const ids = await findOrphans(store, await store.findFireworkIds(selection));
  if (args.remove) return remove(store, ids, args, context);
  const { sort } = selection;
  const orphans = { ids, ...(sort ? { sort } : {}) };
  await printFireworks(io, { store, selection: orphans, format: args.displayFormat }, globals);
  return EXIT.ok;
}

async function remove(
  store: LaunchPadStore,
  ids: readonly number[],
  { ldirs, yes, password, maxUnasked }: OrphanedArgs,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io, say, warn, commandLine, globals } = context;
  say(`Found ${String(ids.length)} orphaned fw_ids: [${ids.join(', ')}]`);
  const describe = `delete ${counted(ids.length, 'Firework')} and their launches`;
  await confirmChange({ count: ids.length, maxUnasked, yes, password, io, describe });
  const run = createRunContext({ operation: 'delete', commandLine, now: () => io.now() });
  const { outcomes, journalId } = await deleteOrphans(store, ids, run, io.signal);
  const deleted = outcomes.filter(({ outcome }) => outcome === 'deleted');
  const left = outcomes.filter(({ outcome }) => outcome !== 'deleted');
  for (const { fwId, reason } of left) warn(`Firework ${String(fwId)} stays: ${reason ?? ''}`);
  const launches = deleted.flatMap((one) => one.launches);
  const fwIds = deleted.map(({ fwId }) => fwId);
  const cleared = ldirs ? await clearFolders(store, launches, context) : [];
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const items = outcomes.map(({ fwId, outcome, reason }) => ({
      fw_id: fwId,
      outcome,
      reason: reason ?? null,
    }));
    await writeOut(
      io,
      `${toJsonText({ journal_id: journalId ?? null, fireworks: items, folders: cleared })}\n`,
    );
  } else await writeOut(io, removalLines({ fwIds, launches }, ldirs).join(''));
  if (journalId !== undefined) say(`to bring them back: lpad undo ${journalId}`);
  if (io.signal.aborted) return EXIT.interrupted;
  return left.every(({ outcome }) => outcome === 'skipped') ? EXIT.ok : EXIT.someFailed;
}
