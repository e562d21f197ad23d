/** `lpad mark_fws`. */
import type { ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import type { ControlReport } from '../../../launchpad/control/control-report';
import { onlyLatest } from '../../../launchpad/restart/find-latest';
import { markFireworks } from '../../../launchpad/restart/mark-fireworks';
import type { MarkFwsArgs } from '../../commands/control/mark-fws';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { describeControl } from '../../output/control-report';
import { MARK_WORDS, UNMARK_WORDS } from '../../output/control-words';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { reportControl } from './report-control';

export async function run(args: MarkFwsArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const store = await context.openStore();
  const selection = await onlyLatest(store, toFireworkSelection(args), args.latest);
  const marked = !args.clear;
  const words = marked ? MARK_WORDS : UNMARK_WORDS;
  const targets = await findTargets(store, selection);
  const count = targets.ids.length;
  const change: PlannedChange<ControlReport> = {
    operation: words.verb,
    count,
    what: 'Fireworks',
    describe: `${words.verb} ${counted(count, 'Firework')}`,
    describePreview: (preview) => describeControl(preview, words),
    make: (mode, run) => markFireworks(store, { targets, selection, marked, ...mode }, run),
  };
  return reportControl(await performChange(args, change, store, context), words, 'FWs', context);
}
