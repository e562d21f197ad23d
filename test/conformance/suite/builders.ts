/** Workflows, launches and patches as the tests of stores need them. */
import type { Quarantine } from '../../../src/domain/recovery/night';
import type { Firework, Launch, NewWorkflow, Workflow } from '../../../src/domain/model';
import { guarded, type DocumentChange, type WorkflowPatch } from '../../../src/domain/patch';
import type { FireworkState } from '../../../src/domain/state';
import { createLinks } from '../../../src/domain/workflow-graph';
import type { JournalEntry, LaunchPadStore, LockOwner } from '../../../src/storage/launchpad-store';

export const CREATED = '2026-11-21T08:01:43.755861+00:00';
export const UPDATED = '2026-11-21T09:30:00.000001+00:00';
export const WORKFLOW_CREATED = new Date('2026-11-21T08:01:43.756Z');

export function firework(fwId: number, changes: Partial<Firework> = {}): Firework {
  return {
    fwId,
    name: `fw-${fwId}`,
    state: 'READY',
    spec: { _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] },
    createdOn: CREATED,
    updatedOn: CREATED,
    launches: [],
    archivedLaunches: [],
    ...changes,
  };
}

export interface WorkflowOptions extends Partial<Omit<NewWorkflow, 'links' | 'fireworks'>> {
  readonly edges?: readonly (readonly [number, number])[];
}

export function workflowOf(
  fireworks: readonly Firework[],
  { edges = [], ...changes }: WorkflowOptions = {},
): NewWorkflow {
  return {
    name: `wf-${fireworks[0]?.fwId}`,
    metadata: {},
    links: createLinks(
      fireworks.map(({ fwId }) => fwId),
      edges,
    ),
    fireworks,
    state: 'READY',
    createdOn: WORKFLOW_CREATED,
    updatedOn: WORKFLOW_CREATED,
    ...changes,
  };
}

/** A workflow of single Fireworks in these states, with ids from `first` on. */
export function workflowInStates(first: number, ...states: readonly FireworkState[]): NewWorkflow {
  return workflowOf(states.map((state, place) => firework(first + place, { state })));
}

export function launch(launchId: number, fwId: number, changes: Partial<Launch> = {}): Launch {
  return {
    launchId,
    fwId,
    launchDir: `/runs/launcher_${launchId}`,
    fworker: { name: 'worker-1', category: '', query: '{}', env: {} },
    host: 'node-1',
    ip: '10.0.0.7',
    trackers: [],
    action: null,
    state: 'RUNNING',
    stateHistory: [{ state: 'RUNNING', created_on: CREATED, updated_on: UPDATED }],
    timeStart: CREATED,
    timeEnd: null,
    runtimeSecs: null,
    ...changes,
  };
}

export function owner(name: string, lifeMs = 60_000): LockOwner {
  return { name, expiresAt: Date.now() + lifeMs };
}

export function entry(patches: readonly WorkflowPatch[], changes: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: '20261121T093000-1',
    run: 'run-1',
    owner: 'amy',
    createdOn: new Date('2026-11-21T09:30:00Z'),
    user: 'amy',
    host: 'node-1',
    commandLine: ['lpad', 'rerun_fws', '-i', '1'],
    operation: 'rerun_fws',
    details: { targets: 1 },
    patches,
    status: 'applying',
    ...changes,
  };
}

/** The change of a Firework's state that any command makes. */
export function stateChange(id: number, from: FireworkState, to: FireworkState): DocumentChange {
  return {
    collection: 'fireworks',
    id,
    fields: [guarded(['state'], from, to), guarded(['updatedOn'], CREATED, UPDATED)],
  };
}

/** Members in one state become another, in the workflow as well. */
export function statePatch(
  workflow: Workflow,
  ids: readonly number[],
  from: FireworkState,
  to: FireworkState,
): WorkflowPatch {
  const states = ids.map((id) => guarded(['fwStates', String(id)], from, to));
  return {
    workflowKey: workflow.key,
    changes: [
      ...ids.map((id) => stateChange(id, from, to)),
      { collection: 'workflows', id: workflow.key, fields: states },
    ],
  };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The workflow of a Firework. */
export async function workflowWith(store: LaunchPadStore, fwId: number): Promise<Workflow> {
  const [workflow] = await collect(store.findWorkflows({ members: [fwId] }));
  if (!workflow) throw new Error(`no workflow has Firework ${fwId}`);
  return workflow;
}

/** Everything that a store holds, whole. */
export async function everything(store: LaunchPadStore): Promise<object> {
  return {
    fireworks: await collect(store.findFireworks({}, 'all')),
    workflows: await collect(store.findWorkflows({})),
  };
}

export function quarantine(fwId: number, changes: Partial<Quarantine> = {}): Quarantine {
  const about = { name: 'relax', launchId: 7, fingerprint: 'aaaaaaaaaa', pattern: 'x', rule: 'again' };
  const times = { since: new Date(Date.UTC(2026, 10, 21, 1)), releasedOn: null, releasedBy: '' };
  return { fwId, ...about, reason: 'failed twice', night: 'one', ...times, ...changes };
}
