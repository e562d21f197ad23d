/** Adds simulated workflows to a store. */
import { isObject, type Firework, type NewWorkflow, type ValueObject } from '../../../src/domain/model';
import { isoTimestamp } from '../../../src/domain/timestamps';
import { createLinks } from '../../../src/domain/workflow-graph';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import type { SimulatedFirework, SimulatedWorkflow } from '../model/population';

const MEMORY = '64G';

/** Throws unless the store numbers the Fireworks as the population does. */
export async function submit(
  store: LaunchPadStore,
  workflows: readonly SimulatedWorkflow[],
  now: Date,
): Promise<void> {
  const added = await addWorkflows(
    store,
    workflows.map((one) => newWorkflow(one, now)),
  );
  for (const { idMap } of added)
    for (const [wanted, given] of idMap)
      if (wanted !== given) throw new Error('the store was not empty: ids do not begin at 1');
}

function newWorkflow({ name, fireworks }: SimulatedWorkflow, now: Date): NewWorkflow {
  const links = createLinks(
    fireworks.map(({ fwId }) => fwId),
    fireworks.flatMap(({ fwId, parents }) => parents.map((one): [number, number] => [one, fwId])),
  );
  const dates = { createdOn: now, updatedOn: now };
  return {
    name,
    metadata: { project: 'nights' },
    links,
    fireworks: fireworks.map((one) => newFirework(one, now)),
    state: 'READY',
    ...dates,
  };
}

function newFirework({ fwId, name, parents, hours, cores }: SimulatedFirework, now: Date): Firework {
  const walltime = `${String(Math.ceil(hours) * 2)}:00:00`;
  return {
    fwId,
    name,
    state: parents.length === 0 ? 'READY' : 'WAITING',
    spec: {
      _tasks: [{ _fw_name: 'ScriptTask', script: `run-${name.replaceAll(' ', '-')}` }],
      _queueadapter: { nodes: 1, ntasks: cores, mem: MEMORY, walltime },
    },
    createdOn: isoTimestamp(now),
    updatedOn: isoTimestamp(now),
    launches: [],
    archivedLaunches: [],
  };
}

export function memoryOf(spec: ValueObject): string {
  const asked = spec['_queueadapter'];
  return isObject(asked) ? String(asked['mem']) : '';
}
