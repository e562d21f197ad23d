/** What commands share that put every selected Firework into another state, or mark it. */
import type { ExitStatus } from '../../../errors';
import { findTargets, type Targets } from '../../../launchpad/change/find-targets';
import type { ControlReport } from '../../../launchpad/control/control-report';
import type { FireworkSelection, LaunchPadStore } from '../../../storage/launchpad-store';
import { describeControl } from '../../output/changes/control-report';
import type { ControlWords } from '../../output/changes/control-words';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { reportControl } from './report-control';

type Make = PlannedChange<ControlReport>['make'];

export interface FireworksChange {
  readonly selection: FireworkSelection;
  readonly words: ControlWords;
  readonly make: (targets: Targets, ...how: Parameters<Make>) => ReturnType<Make>;
}

export async function changeFireworks(
  args: Parameters<typeof performChange>[0],
  { selection, words, make }: FireworksChange,
  store: LaunchPadStore,
  context: CommandContext,
): Promise<ExitStatus> {
  const targets = await findTargets(store, selection);
  const count = targets.ids.length;
  const change: PlannedChange<ControlReport> = {
    operation: words.verb,
    count,
    what: 'Fireworks',
    describe: `${words.verb} ${counted(count, 'Firework')}`,
    describePreview: (preview) => describeControl(preview, words),
    make: (mode, run) => make(targets, mode, run),
  };
  return reportControl(await performChange(args, change, store, context), words, 'FWs', context);
}
