/** `lpad mark_fws`. */
import type { ExitStatus } from '../../../errors';
import { onlyLatest } from '../../../launchpad/restart/find-latest';
import { markFireworks } from '../../../launchpad/restart/mark-fireworks';
import type { MarkFwsArgs } from '../../commands/control/mark-fws';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { MARK_WORDS, UNMARK_WORDS } from '../../output/changes/control-words';
import type { CommandContext } from '../../program/define-command';
import { changeFireworks, type FireworksChange } from './change-fireworks';

export async function run(args: MarkFwsArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const store = await context.openStore();
  const selection = await onlyLatest(store, toFireworkSelection(args), args.latest);
  const marked = !args.clear;
  const change: FireworksChange = {
    selection,
    words: marked ? MARK_WORDS : UNMARK_WORDS,
    make: (targets, mode, run) => markFireworks(store, { targets, selection, marked, ...mode }, run),
  };
  return changeFireworks(args, change, store, context);
}
