/** `lpad pause_fws`, `resume_fws`, `defuse_fws`, `reignite_fws`. */
import type { ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import { controlFireworks, type ControlEvent } from '../../../launchpad/control/control-fireworks';
import type { ControlReport } from '../../../launchpad/control/control-report';
import type { ControlFwsArgs } from '../../commands/control/control-options';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { describeControl } from '../../output/control-report';
import { CONTROL_WORDS } from '../../output/control-words';
import { counted } from '../../output/counted';
import type { CommandContext, CommandHandler } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { reportControl } from './report-control';

/** The handler of one of them. */
export function controlFwsBy(event: ControlEvent): CommandHandler<ControlFwsArgs> {
  return { run: (args, context) => controlFws(event, args, context) };
}

async function controlFws(
  event: ControlEvent,
  args: ControlFwsArgs,
  context: CommandContext,
): Promise<ExitStatus> {
  requireSelector(args);
  const selection = toFireworkSelection(args);
  const words = CONTROL_WORDS[event];
  const store = await context.openStore();
  const targets = await findTargets(store, selection);
  const count = targets.ids.length;
  const change: PlannedChange<ControlReport> = {
    operation: words.verb,
    count,
    what: 'Fireworks',
    describe: `${words.verb} ${counted(count, 'Firework')}`,
    describePreview: (preview) => describeControl(preview, words),
    make: (mode, run) => controlFireworks(store, { targets, selection, event, ...mode }, run),
  };
  return reportControl(await performChange(args, change, store, context), words, 'FWs', context);
}
