/** Hangs a Workflow below Fireworks of the database, for programs (`lpad append_wflow`). */
import { appendToWorkflow, type AppendReport } from '../launchpad/growth/append-workflow';
import { readWorkflowValue } from '../specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../storage/launchpad-store';
import { contextOf, modeOf, type ChangeWishes } from './changes';
import type { Workflow } from './workflow';

export interface AppendWishes extends Omit<ChangeWishes, 'onProgress'> {
  /** The parents' children come to wait for it. */
  readonly detour?: boolean;
  /** What COMPLETED parents have handed on to their children is handed on to it as well; true without it. */
  readonly pullSpecMods?: boolean;
}

export async function appendTo(
  store: LaunchPadStore,
  workflow: Workflow,
  parents: readonly number[],
  { detour = false, pullSpecMods = true, ...wishes }: AppendWishes,
): Promise<AppendReport> {
  const draft = readWorkflowValue(workflow.toDict(), 'the workflow', new Date());
  const request = { workflow: draft, parents, detour, pullSpecMods, ...modeOf(wishes) };
  const report = await appendToWorkflow(store, request, contextOf('append'));
  const newIds = new Map(report.fireworks.map(({ fileId, fwId }) => [fileId, fwId]));
  for (const firework of workflow.fireworks) firework.fwId = newIds.get(firework.fwId) ?? firework.fwId;
  return report;
}
