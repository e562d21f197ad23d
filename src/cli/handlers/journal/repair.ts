/** `lpad repair`: what dead processes left. */
import { EXIT, type ExitStatus } from '../../../errors';
import { repairAll } from '../../../launchpad/locks/finish-dead-owners';
import type { CommandContext } from '../../program/define-command';
import { writeOut } from '../../io';

export async function run(_args: unknown, { io, globals, openStore }: CommandContext): Promise<ExitStatus> {
  const store = await openStore();
  const { entries, locks } = await repairAll(store);
  const text = `${String(entries)} unfinished changes finished, ${String(locks)} abandoned locks released\n`;
  await writeOut(
    io,
    globals.output === 'json' ? `${JSON.stringify({ entries, locks }, undefined, 4)}\n` : text,
  );
  return EXIT.ok;
}
