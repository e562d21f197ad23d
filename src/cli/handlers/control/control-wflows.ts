/** `lpad pause_wflows`, `resume_wflows`, `defuse_wflows`, `reignite_wflows`, `archive_wflows`. */
import type { ExitStatus } from '../../../errors';
import { findWorkflowTargets } from '../../../launchpad/change/find-workflow-targets';
import type { ControlEvent } from '../../../launchpad/control/control-fireworks';
import type { ControlReport } from '../../../launchpad/control/control-report';
import { controlWorkflows } from '../../../launchpad/control/control-workflows';
import type { ControlWflowsArgs } from '../../commands/control/control-options';
import type { DefuseWflowsArgs } from '../../commands/control/defuse-wflows';
import { requireSelector, toWorkflowSelection } from '../../options/selectors';
import { describeControl } from '../../output/changes/control-report';
import { CONTROL_WORDS } from '../../output/changes/control-words';
import { counted } from '../../output/counted';
import type { CommandContext, CommandHandler } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { reportControl } from './report-control';

/** The handler of one of them. */
export function controlWflowsBy(event: ControlEvent): CommandHandler<ControlArgs> {
  return { run: (args, context) => controlWflows(event, args, context) };
}

type ControlArgs = ControlWflowsArgs & Partial<Pick<DefuseWflowsArgs, 'defuseAllStates'>>;

async function controlWflows(
  event: ControlEvent,
  args: ControlArgs,
  context: CommandContext,
): Promise<ExitStatus> {
  const { defuseAllStates: allStates = false } = args;
  requireSelector(args);
  const selection = toWorkflowSelection(args);
  const words = CONTROL_WORDS[event];
  const store = await context.openStore();
  const targets = await findWorkflowTargets(store, selection);
  const count = targets.found.length;
  const change: PlannedChange<ControlReport> = {
    operation: `${words.verb} workflows`,
    count,
    what: 'Workflows',
    describe: `${words.verb} ${counted(count, 'Workflow')}`,
    describePreview: (preview) => describeControl(preview, words),
    make: (mode, run) => controlWorkflows(store, { targets, selection, event, allStates, ...mode }, run),
  };
  const report = await performChange(args, change, store, context);
  const status = await reportControl(report, words, 'Workflows', context);
  if (event === 'DEFUSE' && !allStates && leftEnded(report)) {
    context.say('FIZZLED and COMPLETED Fireworks were not defused: --defuse_all_states does that too.');
  }
  return status;
}

function leftEnded({ targets }: ControlReport): boolean {
  return targets.some(
    (target) => 'fireworks' in target && target.fireworks.some(({ outcome }) => outcome === 'skipped'),
  );
}
