/** `lpad admin refresh`: workflows as their Fireworks, and Fireworks as their launches, say. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findNamedMembers } from '../../../launchpad/upkeep/find-named-members';
import { refreshAll, type RefreshAllOutcome } from '../../../launchpad/upkeep/refresh-all';
import { createRunContext } from '../../../launchpad/run-context';
import type { RefreshArgs } from '../../commands/upkeep/admin';
import { confirmChange } from '../../confirm';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { requireSelector, toWorkflowSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';

export async function run(args: RefreshArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const { io, say, commandLine } = context;
  const { dryRun, yes, password, maxUnasked } = args;
  const selection = toWorkflowSelection(args);
  const store = await context.openStore();
  const { memberships, unknown } = await findNamedMembers(store, selection);
  const count = memberships.length;
  const describe = `refresh ${counted(count, 'workflow')}`;
  if (!dryRun) await confirmChange({ count, maxUnasked, yes, password, io, describe });
  const run = createRunContext({ operation: 'refresh', commandLine, now: () => io.now() });
  const single = memberships.map((one) => ({ ...one, members: one.members.slice(0, 1) }));
  const outcomes = await refreshAll(store, single, { dryRun, signal: io.signal }, run);
  const missing = unknown.map((fwId): RefreshAllOutcome => {
    return { fwId, outcome: 'failed', reason: `no Firework ${String(fwId)} is in a workflow`, changes: [] };
  });
  await print([...outcomes, ...missing], args, context);
  say(`Finished refreshing ${String(outcomes.length)} Workflows`);
  if (io.signal.aborted) return EXIT.interrupted;
  const done = [...outcomes, ...missing].every(
    ({ outcome }) => outcome === 'changed' || outcome === 'unchanged',
  );
  return done ? EXIT.ok : EXIT.someFailed;
}

async function print(
  outcomes: readonly RefreshAllOutcome[],
  { dryRun }: RefreshArgs,
  { io, globals }: CommandContext,
): Promise<void> {
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const workflows = outcomes.map(({ fwId, outcome, reason, changes }) => {
      return { fw_id: fwId, outcome, reason: reason ?? null, changes };
    });
    await writeOut(io, `${toJsonText({ dry_run: dryRun, workflows })}\n`);
    return;
  }
  if (globals.output === 'ids') {
    await writeOut(io, outcomes.map(({ fwId }) => `${String(fwId)}\n`).join(''));
    return;
  }
  const lines = outcomes
    .filter(({ reason, changes }) => reason !== undefined || changes.length > 0)
    .map(({ fwId, outcome, reason, changes }) => {
      const word = outcome === 'changed' ? (dryRun ? 'would mend' : 'mended') : outcome;
      return `${word} workflow of ${String(fwId)}: ${reason ?? changes.join('; ')}\n`;
    });
  await writeOut(io, lines.join(''));
}
