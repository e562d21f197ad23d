/** `lpad pause_fws`, `resume_fws`, `defuse_fws`, `reignite_fws`. */
import { controlFireworks, type ControlEvent } from '../../../launchpad/control/control-fireworks';
import type { ControlFwsArgs } from '../../commands/control/control-options';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { CONTROL_WORDS } from '../../output/changes/control-words';
import type { CommandHandler } from '../../program/define-command';
import { changeFireworks, type FireworksChange } from './change-fireworks';

/** The handler of one of them. */
export function controlFwsBy(event: ControlEvent): CommandHandler<ControlFwsArgs> {
  return {
    run: async (args, context) => {
      requireSelector(args);
      const selection = toFireworkSelection(args);
      const store = await context.openStore();
      const change: FireworksChange = {
        selection,
        words: CONTROL_WORDS[event],
        make: (targets, mode, run) => controlFireworks(store, { targets, selection, event, ...mode }, run),
      };
      return changeFireworks(args, change, store, context);
    },
  };
}
