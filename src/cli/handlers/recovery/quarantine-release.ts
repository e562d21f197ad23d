/** `lpad quarantine release`: `lpad recover` may try them again. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findQuarantined, releaseQuarantined } from '../../../launchpad/recovery/quarantines';
import { createRunContext } from '../../../launchpad/run-context';
import type { QuarantineReleaseArgs } from '../../commands/recovery/quarantine';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { counted } from '../../output/counted';
import { quarantineJson } from '../../output/recovery/quarantine-lines';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';

export async function run(args: QuarantineReleaseArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const selection = toFireworkSelection(args);
  const store = await context.openStore();
  const found = await findQuarantined(store, selection);
  const { io, commandLine } = context;
  const now = (): Date => io.now();
  const { dryRun } = args;
  if (!dryRun && found.length > 0)
    await releaseQuarantined(store, found, createRunContext({ operation: 'quarantine', commandLine, now }));
  const known = new Set(found.map(({ fwId }) => fwId));
  const missing = (selection.ids ?? []).filter((fwId) => !known.has(fwId));
  const verb = dryRun ? 'would be released' : 'released';
  const printed = {
    lines: () => [
      ...found.map(({ fwId, name }) => `${verb.padEnd(9)} ${String(fwId)} ${name}\n`),
      ...missing.map((fwId) => `failed    ${String(fwId)}: is not quarantined\n`),
    ],
    data: () => ({ dry_run: dryRun, released: found.map(quarantineJson), not_quarantined: missing }),
    ids: () => found.map(({ fwId }) => fwId),
    summary: () => [
      `${counted(found.length, 'Firework')} ${verb}.`,
      ...(found.length > 0 && !dryRun ? ['next: lpad recover --policy FILE, or lpad rerun_fws -i ID'] : []),
    ],
  };
  await printReport(printed, context);
  return missing.length > 0 ? EXIT.someFailed : EXIT.ok;
}
