/** `lpad update_fws`. */
import { LpadError, type ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import type { ControlReport } from '../../../launchpad/control/control-report';
import { editFireworks } from '../../../launchpad/control/edit-fireworks';
import { parseMongoUpdate, parseSpecUpdate } from '../../../specs/updates/parse-update';
import type { UpdateFwsArgs } from '../../commands/control/update-fws';
import { requireSelector, toFireworkSelection } from '../../options/selectors';
import { describeControl } from '../../output/changes/control-report';
import { UPDATE_WORDS } from '../../output/changes/control-words';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { reportControl } from './report-control';

export async function run(args: UpdateFwsArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const selection = toFireworkSelection(args);
  const { update, mongo } = args;
  if (update === undefined) {
    throw new LpadError('USAGE', 'nothing is said to change: -u names keys below spec and their values', {
      hint: `lpad update_fws -i 3 -u '{"settings.cutoff": 600}'`,
    });
  }
  const edit = { ...(mongo ? parseMongoUpdate(update) : parseSpecUpdate(update)), anyState: false };
  const store = await context.openStore();
  const targets = await findTargets(store, selection);
  const count = targets.ids.length;
  const change: PlannedChange<ControlReport> = {
    operation: UPDATE_WORDS.verb,
    count,
    what: 'Fireworks',
    describe: `update the specs of ${counted(count, 'Firework')}`,
    describePreview: (preview) => describeControl(preview, UPDATE_WORDS),
    make: (mode, run) => editFireworks(store, { targets, selection, edit, fields: 'all', ...mode }, run),
  };
  return reportControl(await performChange(args, change, store, context), UPDATE_WORDS, 'FWs', context);
}
