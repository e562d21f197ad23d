/** `lpad quarantine list`: what `lpad recover` has given up, and why. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findQuarantined } from '../../../launchpad/recovery/quarantines';
import type { QuarantineListArgs } from '../../commands/recovery/quarantine';
import { toFireworkSelection } from '../../options/selectors';
import { counted } from '../../output/counted';
import { quarantineJson, quarantineLines } from '../../output/recovery/quarantine-lines';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';

export async function run(args: QuarantineListArgs, context: CommandContext): Promise<ExitStatus> {
  const selection = toFireworkSelection(args);
  const store = await context.openStore();
  const found = await findQuarantined(store, selection);
  const printed = {
    lines: () => quarantineLines(found),
    data: () => found.map(quarantineJson),
    ids: () => found.map(({ fwId }) => fwId),
    summary: () =>
      found.length === 0
        ? ['Nothing that is selected is quarantined.']
        : [
            `${counted(found.length, 'Firework')} quarantined.`,
            'next: lpad explain -i ID, or lpad quarantine release -i ID',
          ],
  };
  await printReport(printed, context);
  return EXIT.ok;
}
