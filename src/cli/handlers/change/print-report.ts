/** Prints what became of a change: data on stdout in the form that was asked for, talk on stderr. */
import { writeOut } from '../../io';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export interface PrintedReport {
  readonly lines: () => readonly string[];
  /** For `-o json` and `-o yaml`. */
  readonly data: () => unknown;
  /** Of what was changed. */
  readonly ids: () => readonly number[];
  /** For people, without line ends. */
  readonly summary: () => readonly string[];
}

export async function printReport(
  { lines, data, ids, summary }: PrintedReport,
  { io, globals, say }: CommandContext,
): Promise<void> {
  const { output } = globals;
  if (output === 'json' || output === 'yaml') await printValue(io, data(), globals);
  else if (output === 'ids')
    await writeOut(
      io,
      ids()
        .map((id) => `${String(id)}\n`)
        .join(''),
    );
  else await writeOut(io, lines().join(''));
  for (const line of summary()) say(line);
}
