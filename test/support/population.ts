/** A population for tests of commands: eight chains of three, in every state, with launches where a state has them. */
import type { Firework, NewWorkflow } from '../../src/domain/model';
import { STATES } from '../../src/domain/state';
import { createLinks } from '../../src/domain/workflow-graph';
import { workflowState } from '../../src/domain/rules/workflow-state';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { LONG_AGO, LONG_AGO_DATE, launch } from './workflow-builder';

export const NAMES = ['calc', 'post', 'step 2', 'Überprüfung'];
export const POPULATION = 24;

function firework(fwId: number): Firework {
  const state = STATES[fwId % STATES.length] ?? 'READY';
  return {
    fwId,
    name: NAMES[fwId % NAMES.length] ?? '',
    state,
    spec: { _tasks: [], temperature: fwId * 10, hot: fwId % 2 === 0 },
    createdOn: LONG_AGO,
    updatedOn: `2026-01-${String((fwId % 28) + 1).padStart(2, '0')}T00:00:00+00:00`,
    launches: state === 'FIZZLED' || state === 'COMPLETED' ? [fwId] : [],
    archivedLaunches: [],
  };
}

export async function populate(store: LaunchPadStore): Promise<void> {
  const first = await store.takeFireworkIds(POPULATION);
  const workflows = Array.from({ length: POPULATION / 3 }, (_, index): NewWorkflow => {
    const ids = [0, 1, 2].map((at) => first + index * 3 + at);
    const [one = 0, two = 0, three = 0] = ids;
    const links = createLinks(ids, [
      [one, two],
      [two, three],
    ]);
    return {
      name: `w${String(index)}`,
      metadata: {},
      links,
      fireworks: ids.map(firework),
      state: workflowState(links, new Map(ids.map((id) => [id, firework(id).state])), () => false),
      createdOn: LONG_AGO_DATE,
      updatedOn: LONG_AGO_DATE,
    };
  });
  await store.addWorkflows(workflows);
  for (let id = first; id < first + POPULATION; id += 1) {
    const trace = id % 2 === 0 ? 'MemoryError: out of memory' : 'ValueError: 7';
    const action = { stored_data: { _exception: { _stacktrace: trace } } };
    await store.insertLaunch(launch(id, { fwId: id, action, host: `node-${String(id % 3)}` }));
  }
}
