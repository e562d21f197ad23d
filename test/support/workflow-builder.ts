/** Workflows for tests: `workflow().chain(3).state(2, 'FIZZLED').view()`. */
import type { Firework, Launch, ValueObject, Workflow, WorkflowView } from '../../src/domain/model';
import type { FireworkState } from '../../src/domain/state';
import { createLinks } from '../../src/domain/workflow-graph';
import { workflowState } from '../../src/domain/rules/workflow-state';

export const LONG_AGO = '2026-01-02T03:04:05.678901+00:00';
export const LONG_AGO_DATE = new Date('2026-01-02T03:04:05.678Z');
export const NOW = new Date('2026-11-21T08:00:00.123Z');
export const NOW_TEXT = '2026-11-21T08:00:00.123000+00:00';

export interface WorkflowBuilder {
  node(fwId: number, fields?: Partial<Firework>): WorkflowBuilder;
  link(parent: number, child: number): WorkflowBuilder;
  /** Fireworks 1 to n in a row. */
  chain(length: number): WorkflowBuilder;
  /** Firework 1 with children 2 to n + 1. */
  star(leaves: number): WorkflowBuilder;
  state(fwId: number, state: FireworkState): WorkflowBuilder;
  allState(state: FireworkState): WorkflowBuilder;
  launches(fwId: number, active: readonly number[], archived?: readonly number[]): WorkflowBuilder;
  spec(fwId: number, spec: ValueObject): WorkflowBuilder;
  view(): WorkflowView;
}

export function workflow(key = 'wf'): WorkflowBuilder {
  const fireworks = new Map<number, Firework>();
  const edges: [number, number][] = [];
  const edit = (fwId: number, fields: Partial<Firework>): void => {
    const before = fireworks.get(fwId) ?? newFirework(fwId);
    fireworks.set(fwId, { ...before, ...fields });
  };
  const builder: WorkflowBuilder = {
    node: (fwId, fields = {}) => (edit(fwId, fields), builder),
    link: (parent, child) => (edges.push([parent, child]), builder),
    chain: (length) => {
      for (let fwId = 1; fwId <= length; fwId += 1) {
        edit(fwId, {});
        if (fwId > 1) edges.push([fwId - 1, fwId]);
      }
      return builder;
    },
    star: (leaves) => {
      edit(1, {});
      for (let fwId = 2; fwId <= leaves + 1; fwId += 1) {
        edit(fwId, {});
        edges.push([1, fwId]);
      }
      return builder;
    },
    state: (fwId, state) => (edit(fwId, { state }), builder),
    allState: (state) => {
      for (const fwId of fireworks.keys()) edit(fwId, { state });
      return builder;
    },
    launches: (fwId, launches, archivedLaunches = []) => (
      edit(fwId, { launches, archivedLaunches }),
      builder
    ),
    spec: (fwId, spec) => (edit(fwId, { spec: { _tasks: [], ...spec } }), builder),
    view: () => ({ workflow: toWorkflow(key, fireworks, edges), fireworks }),
  };
  return builder;
}

function newFirework(fwId: number): Firework {
  return {
    fwId,
    name: `fw${String(fwId)}`,
    state: 'WAITING',
    spec: { _tasks: [] },
    createdOn: LONG_AGO,
    updatedOn: LONG_AGO,
    launches: [],
    archivedLaunches: [],
  };
}

function toWorkflow(
  key: string,
  fireworks: ReadonlyMap<number, Firework>,
  edges: readonly (readonly [number, number])[],
): Workflow {
  const links = createLinks(fireworks.keys(), edges);
  const fwStates = new Map([...fireworks].map(([fwId, { state }]) => [fwId, state]));
  const tolerates = (fwId: number): boolean => Boolean(fireworks.get(fwId)?.spec['_allow_fizzled_parents']);
  return {
    key,
    name: 'w',
    state: workflowState(links, fwStates, tolerates),
    links,
    nodes: [...fireworks.keys()],
    fwStates,
    metadata: {},
    createdOn: LONG_AGO_DATE,
    updatedOn: LONG_AGO_DATE,
  };
}

export function launch(launchId: number, fields: Partial<Launch> = {}): Launch {
  return {
    launchId,
    fwId: 1,
    launchDir: `/runs/launcher_${String(launchId)}`,
    fworker: { name: 'worker', category: '', query: '{}', env: {} },
    host: 'node-1',
    ip: '10.0.0.1',
    trackers: [],
    action: null,
    state: 'FIZZLED',
    stateHistory: [],
    timeStart: LONG_AGO,
    timeEnd: LONG_AGO,
    runtimeSecs: 0,
    ...fields,
  };
}
