/** Marks Fireworks for `--latest`, or takes their marks away (Guild's `guild mark`). */
import type { Firework, Workflow } from '../../domain/model';
import { isMarked, planMarks } from '../../domain/restart/marks';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { changeFireworks, type FireworksRequest } from '../control/control-fireworks';
import type { ControlReport, FireworkOutcome } from '../control/control-report';
import type { RunContext } from '../run-context';

export interface MarkRequest extends FireworksRequest {
  /** False takes the marks away. */
  readonly marked: boolean;
}

export function markFireworks(
  store: LaunchPadStore,
  request: MarkRequest,
  context: RunContext,
): Promise<ControlReport<FireworkOutcome>> {
  const { marked } = request;
  return changeFireworks(store, request, context, async (locked, memberships) => {
    const members = memberships.flatMap((one) => one.members);
    const fireworks = new Map<number, Firework>();
    for await (const one of locked.findFireworks({ ids: members }, 'summary')) fireworks.set(one.fwId, one);
    const workflows = new Map<string, Workflow>();
    for await (const one of locked.findWorkflows({ members })) workflows.set(one.key, one);
    return memberships.flatMap(({ workflowKey, members: ids }) => {
      const workflow = workflows.get(workflowKey);
      if (!workflow) return [];
      const own = ids.flatMap((fwId) => fireworks.get(fwId) ?? []);
      const changing = own.filter(({ fwId }) => isMarked(workflow, fwId) !== marked);
      const outcomes = own.map((one) => outcomeOf(one, changing.includes(one), marked));
      return { patch: { workflowKey, changes: planMarks(workflow, changing, marked) }, outcomes };
    });
  });
}

function outcomeOf({ fwId, name, state }: Firework, changes: boolean, marked: boolean): FireworkOutcome {
  const facts = { fwId, name, from: state, to: state, notes: [] };
  if (changes) return { ...facts, outcome: 'changed' };
  return { ...facts, outcome: 'skipped', reason: marked ? 'is marked already' : 'is not marked' };
}
