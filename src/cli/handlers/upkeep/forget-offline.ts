/** `lpad forget_offline`: marks offline runs so that their files are read no more. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import type { ForgetOfflineArgs } from '../../commands/upkeep/offline';
import { confirmChange } from '../../confirm';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';

export async function run(args: ForgetOfflineArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const { io, globals, say, warn } = context;
  const { dryRun, yes, password, maxUnasked } = args;
  const selection = toFireworkSelection(args);
  const store = await context.openStore();
  const { ids, unknown } = await findTargets(store, selection);
  const runs = await store.findOfflineRuns({ open: true, fwIds: ids });
  const count = ids.length;
  const describe = `forget the offline runs of ${counted(count, 'Firework')}`;
  if (!dryRun) {
    await confirmChange({ count, maxUnasked, yes, password, io, describe });
    await store.updateOfflineRuns({ fwIds: ids }, { deprecated: true });
  }
  const verb = dryRun ? 'would be forgotten' : 'forgotten';
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const forgotten = runs.map(({ launchId, fwId }) => ({ launch_id: launchId, fw_id: fwId }));
    await writeOut(io, `${toJsonText({ dry_run: dryRun, forgotten, unknown })}\n`);
  } else if (globals.output === 'ids') {
    await writeOut(io, runs.map(({ fwId }) => `${String(fwId)}\n`).join(''));
  } else {
    const lines = runs.map(({ fwId, launchId, name }) => {
      return `${verb} ${String(fwId)} ${name}: launch ${String(launchId)}\n`;
    });
    await writeOut(io, lines.join(''));
  }
  for (const fwId of unknown) warn(`no Firework ${String(fwId)}`);
  say(`Finished forget_offline, processed ${String(count)} FWs`);
  return unknown.length > 0 ? EXIT.someFailed : EXIT.ok;
}
