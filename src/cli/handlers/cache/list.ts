/** `lpad cache list`. */
import { EXIT, type ExitStatus } from '../../../errors';
import { listEntries, type ListedEntry } from '../../../launchpad/cache/list-entries';
import type { CacheListArgs } from '../../commands/cache/cache';
import { writeOut } from '../../io';
import { printItems } from '../../output/json';
import { renderTable } from '../../output/table';
import type { CommandContext } from '../../program/define-command';
import { entryItem, toCacheSelection } from './selection';
import { secondText } from '../../output/short-text';

export async function run(
  args: CacheListArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const selection = toCacheSelection(args);
  const entries: ListedEntry[] = [];
  for await (const one of listEntries(await openStore(), selection)) entries.push(one);
  const { output } = globals;
  if (output === 'json' || output === 'yaml') await printItems(io, entries.map(entryItem), globals);
  else if (output === 'ids') await writeOut(io, entries.map(({ fwId }) => `${String(fwId)}\n`).join(''));
  else if (entries.length === 0) await writeOut(io, 'Nothing of this is in the cache.\n');
  else await writeOut(io, await entriesTable(entries));
  return EXIT.ok;
}

/** So many digits tell keys apart. */
const SHOWN_OF_KEY = 8;

function entriesTable(entries: readonly ListedEntry[]): Promise<string> {
  const head = ['namespace', 'Firework', 'fw_id', 'launch', 'when (UTC)', 'key', 'usable'];
  const rows = entries.map(({ namespace, name, fwId, launchId, createdOn, key, isUsable }) => {
    const when = secondText(createdOn);
    return [namespace, name, fwId, launchId, when, key.slice(0, SHOWN_OF_KEY), isUsable ? 'yes' : 'no'];
  });
  return renderTable(head, rows);
}
