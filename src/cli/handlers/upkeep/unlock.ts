/** `lpad admin unlock`: releases locks that somebody has left behind. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findNamedMembers } from '../../../launchpad/upkeep/find-named-members';
import { unlockByForce, type UnlockOutcome } from '../../../launchpad/upkeep/unlock-workflows';
import type { UnlockArgs } from '../../commands/upkeep/admin';
import { confirmChange } from '../../confirm';
import { writeOut } from '../../io';
import { counted } from '../../output/counted';
import { requireSelector, toWorkflowSelection } from '../../options/selectors';
import type { CommandContext } from '../../program/define-command';

export async function run(args: UnlockArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const { io, warn, say } = context;
  const { dryRun, force, yes, password, maxUnasked } = args;
  const selection = toWorkflowSelection(args);
  const store = await context.openStore();
  const { memberships, unknown } = await findNamedMembers(store, selection);
  const count = memberships.length;
  const describe = `release the locks of ${counted(count, 'workflow')}`;
  if (!dryRun) await confirmChange({ count, maxUnasked, yes, password, io, describe });
  const outcomes = await unlockByForce(store, { memberships, force, dryRun, now: io.now() });
  for (const { members, outcome } of outcomes) {
    const [fwId = 0] = members;
    if (outcome === 'unlocked' && !dryRun)
      warn(`FORCIBLY RELEASING LOCK DUE TO USER COMMAND, WF: ${String(fwId)}`);
  }
  for (const fwId of unknown) warn(`no Firework ${String(fwId)} is in a workflow`);
  await print(outcomes, args, context);
  const refused = outcomes.filter(({ outcome }) => outcome === 'refused').length;
  say(`Finished unlocking ${String(count - refused)} Workflows`);
  return refused + unknown.length > 0 ? EXIT.someFailed : EXIT.ok;
}

async function print(
  outcomes: readonly UnlockOutcome[],
  { dryRun }: UnlockArgs,
  { io, globals }: CommandContext,
): Promise<void> {
  const items = outcomes.map(({ members, outcome, holder }) => ({ fwId: members[0] ?? 0, outcome, holder }));
  if (globals.output === 'json') {
    const { toJsonText } = await import('../../../specs/printing/print-json.js');
    const workflows = items.map(({ fwId, outcome, holder }) => {
      return { fw_id: fwId, outcome, holder: holder ?? null };
    });
    await writeOut(io, `${toJsonText({ dry_run: dryRun, workflows })}\n`);
    return;
  }
  if (globals.output === 'ids') {
    const unlocked = items.filter(({ outcome }) => outcome === 'unlocked');
    await writeOut(io, unlocked.map(({ fwId }) => `${String(fwId)}\n`).join(''));
    return;
  }
  const lines = items.map(({ fwId, outcome, holder }) => {
    const what = `workflow of ${String(fwId)}`;
    if (outcome === 'free') return `free     ${what}: it was not locked\n`;
    if (outcome === 'refused')
      return `refused  ${what}: ${holder ?? ''} is at work on it; wait for it, or add --force\n`;
    return `unlocked ${what}: ${dryRun ? 'it is' : 'it was'} locked by ${holder ?? ''}\n`;
  });
  await writeOut(io, lines.join(''));
}
