/** `lpad set_priority`. */
import type { ExitStatus } from '../../../errors';
import { findTargets } from '../../../launchpad/change/find-targets';
import { findWorkflowTargets } from '../../../launchpad/change/find-workflow-targets';
import type { ControlReport } from '../../../launchpad/control/control-report';
import {
  editFireworks,
  editWorkflows,
  priorityEdit,
  type EditRequest,
} from '../../../launchpad/control/edit-fireworks';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { SetPriorityArgs } from '../../commands/control/set-priority';
import { requireSelector, toFireworkSelection, toWorkflowSelection } from '../../options/selectors';
import { describeControl } from '../../output/changes/control-report';
import { PRIORITY_WORDS } from '../../output/changes/control-words';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';
import { performChange, type PlannedChange } from '../change/perform-change';
import { reportControl } from './report-control';

export async function run(args: SetPriorityArgs, context: CommandContext): Promise<ExitStatus> {
  requireSelector(args);
  const { priority, wf } = args;
  const edit = priorityEdit(priority);
  const change = wf ? await ofWorkflows(args, edit, context) : await ofFireworks(args, edit, context);
  const report = await performChange(args, change, await context.openStore(), context);
  return reportControl(report, PRIORITY_WORDS, wf ? 'Workflows' : 'FWs', context);
}

async function ofFireworks(
  args: SetPriorityArgs,
  edit: EditRequest,
  context: CommandContext,
): Promise<PlannedChange<ControlReport>> {
  const selection = toFireworkSelection(args);
  const store: LaunchPadStore = await context.openStore();
  const targets = await findTargets(store, selection);
  const request = { targets, selection, ...edit };
  return {
    ...wordsOf(targets.ids.length, 'Firework'),
    make: (mode, run) => editFireworks(store, { ...request, ...mode }, run),
  };
}

async function ofWorkflows(
  args: SetPriorityArgs,
  edit: EditRequest,
  context: CommandContext,
): Promise<PlannedChange<ControlReport>> {
  const selection = toWorkflowSelection(args);
  const store: LaunchPadStore = await context.openStore();
  const targets = await findWorkflowTargets(store, selection);
  const request = { targets, selection, ...edit };
  return {
    ...wordsOf(targets.found.length, 'Workflow'),
    make: (mode, run) => editWorkflows(store, { ...request, ...mode }, run),
  };
}

function wordsOf(count: number, one: 'Firework' | 'Workflow'): Omit<PlannedChange<ControlReport>, 'make'> {
  return {
    operation: 'set_priority',
    count,
    what: `${one}s`,
    describe: `${PRIORITY_WORDS.verb} ${counted(count, one)}`,
    describePreview: (preview) => describeControl(preview, PRIORITY_WORDS),
  };
}
