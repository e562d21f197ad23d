/** `lpad recover_unsaved`: every result that lies in these folders, one by one. */
import { resolve } from 'node:path';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../../errors';
import { recoverUnsaved, type UnsavedOutcome } from '../../../launchpad/unsaved/recover-unsaved';
import { findUnsaved, liesIn, markRecovered, readUnsaved } from '../../../rocket/result/unsaved-file';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { RecoverUnsavedArgs } from '../../commands/upkeep/recover-unsaved';
import { NOTHING_WRITTEN } from '../../output/changes/change-words';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';

interface Recovered extends UnsavedOutcome {
  readonly file: string;
  /** Unknown for a file that cannot be read. */
  readonly fwId?: number;
  readonly launchId?: number;
  readonly state?: string;
}

export async function run(args: RecoverUnsavedArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, openStore } = context;
  const files = await filesIn(args.dir, io.cwd);
  const all: Recovered[] = [];
  const store = files.length > 0 ? await openStore() : undefined;
  for (const file of files) {
    if (io.signal.aborted || !store) break;
    all.push(await recoverOne(store, file, args, context));
  }
  await print(all, args, context);
  if (io.signal.aborted) return EXIT.interrupted;
  const done = all.every(({ outcome }) => outcome === 'recovered' || outcome === 'over');
  return done ? EXIT.ok : EXIT.someFailed;
}

async function filesIn(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const files = await findUnsaved(resolve(cwd, path)).catch((error: unknown) => {
      throw new LpadError('USAGE', `cannot look into ${path}: ${messageOf(error)}`, {
        hint: 'lpad recover_unsaved launcher_*',
        cause: error,
      });
    });
    for (const file of files) found.add(file);
  }
  return [...found];
}

async function recoverOne(
  store: LaunchPadStore,
  file: string,
  { dryRun }: RecoverUnsavedArgs,
  { io }: CommandContext,
): Promise<Recovered> {
  try {
    const result = await readUnsaved(file);
    const ranHere = (launchDir: string): Promise<boolean> => liesIn(file, launchDir);
    const found = await recoverUnsaved(store, { result, ranHere, dryRun, now: () => io.now() });
    if (found.outcome === 'recovered' && !dryRun) await markRecovered(file);
    const { fwId, launchId, state } = result;
    return { file, fwId, launchId, state, ...found };
  } catch (error) {
    // A database that is away, or a workflow that stays locked, says nothing about the file.
    if (error instanceof LpadError && error.code !== 'FAILED') throw error;
    return { file, outcome: 'failed', reason: messageOf(error) };
  }
}

function print(
  all: readonly Recovered[],
  { dryRun }: RecoverUnsavedArgs,
  context: CommandContext,
): Promise<void> {
  const recovered = all.filter(({ outcome }) => outcome === 'recovered');
  const what = counted(recovered.length, 'result');
  const done = dryRun ? [`${what} would be recovered.`, NOTHING_WRITTEN] : [`${what} recovered.`];
  return printReport(
    {
      lines: () => all.map((one) => lineOf(one, dryRun)),
      data: () => ({
        dry_run: dryRun,
        results: all.map(({ file, fwId, launchId, state, outcome, reason }) => {
          const ids = { fw_id: fwId ?? null, launch_id: launchId ?? null, state: state ?? null };
          return { file, ...ids, outcome, reason: reason ?? null };
        }),
      }),
      ids: () => recovered.flatMap(({ fwId }) => fwId ?? []),
      summary: () => (all.length === 0 ? ['No result is left there (FW_action_unsaved.json).'] : done),
    },
    context,
  );
}

function lineOf({ file, fwId, launchId, state, outcome, reason }: Recovered, dryRun: boolean): string {
  const why = reason === undefined ? '' : `: ${reason}`;
  if (fwId === undefined) return `${outcome.padEnd(9)} ${file}${why}\n`;
  const word = dryRun && outcome === 'recovered' ? 'would recover' : outcome.padEnd(9);
  const result = outcome === 'recovered' ? ` ${state ?? ''}` : '';
  return `${word} Firework ${String(fwId)}, launch ${String(launchId)}${result}${why}\n`;
}
