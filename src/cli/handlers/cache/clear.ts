/** `lpad cache clear`. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { listEntries, type ListedEntry } from '../../../launchpad/cache/list-entries';
import type { CacheClearArgs } from '../../commands/cache/cache';
import { confirmChange } from '../../confirm';
import { NOTHING_WRITTEN } from '../../output/changes/change-words';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';
import { entryItem, toCacheSelection } from './selection';

export async function run(args: CacheClearArgs, context: CommandContext): Promise<ExitStatus> {
  const { all, namespace, fwId, dryRun, yes, password, maxUnasked } = args;
  if (!all && namespace.length === 0 && fwId.length === 0) {
    throw new LpadError('USAGE', 'which results? cache clear needs --namespace, -i or --all', {
      hint: 'lpad cache list   (shows what there is)',
    });
  }
  const selection = toCacheSelection(args);
  const store = await context.openStore();
  const entries: ListedEntry[] = [];
  for await (const one of listEntries(store, selection)) entries.push(one);
  const { io } = context;
  const what = counted(entries.length, 'result');
  const describe = `forget ${what} of the cache, which undo does not bring back`;
  if (!dryRun) await confirmChange({ count: entries.length, maxUnasked, yes, password, io, describe });
  const removed = dryRun ? 0 : await store.removeCacheEntries(entries);
  await printReport(
    {
      lines: () => entries.map((one) => lineOf(one, dryRun)),
      data: () => ({ dry_run: dryRun, removed, entries: entries.map(entryItem) }),
      ids: () => entries.map((one) => one.fwId),
      summary: () =>
        dryRun
          ? [`${what} would be forgotten.`, NOTHING_WRITTEN]
          : [`${counted(removed, 'result')} forgotten.`],
    },
    context,
  );
  return EXIT.ok;
}

function lineOf({ namespace, name, fwId, launchId }: ListedEntry, dryRun: boolean): string {
  const what = `${name} in ${namespace}: launch ${String(launchId)} of Firework ${String(fwId)}`;
  return `${dryRun ? 'would forget' : 'forgotten'} ${what}\n`;
}
