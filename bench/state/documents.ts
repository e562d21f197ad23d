/**
 * Documents as FireWorks 2.1.4 writes them, in the order of its keys: compared field by field with those of a real run
 * (layout.ts does it again before every benchmark).
 */
import type { Graph } from './graph';

export type Document = Record<string, unknown>;
export type EndState = 'COMPLETED' | 'FIZZLED';
/** READY has no launches. */
export type SeedState = EndState | 'READY';

const CREATED = '2026-11-20T08:01:43.080896+00:00';
const STARTED = '2026-11-20T08:01:43.380381+00:00';
const ENDED = '2026-11-20T08:01:43.410766+00:00';

const TASK = { fizzle_bad_rc: true, script: ['exit 1'], use_shell: true, _fw_name: 'ScriptTask' };

const TRACE_HEAD = `Traceback (most recent call last):
  File "/opt/venv/lib/python3.11/site-packages/fireworks/core/rocket.py", line 265, in run
    m_action = t.run_task(my_spec)
               ^^^^^^^^^^^^^^^^^^^
  File "/opt/venv/lib/python3.11/site-packages/fireworks/user_objects/firetasks/script_task.py", line 35, in run_task
    return self._run_task_internal(fw_spec, stdin)
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  File "/opt/venv/lib/python3.11/site-packages/fireworks/user_objects/firetasks/script_task.py", line 87, in _run_task_internal
    raise RuntimeError(f"ScriptTask fizzled! Return code: {returncodes}")
`;

/** One in a hundred failed for another reason: what `--error` looks for. */
export const RARE_ERROR = 'node failure';

function stackTrace(id: number): string {
  const reason = id % 100 === 0 ? `OSError: ${RARE_ERROR} on n-${id}` : 'RuntimeError: Return code: [1]';
  return `${TRACE_HEAD}${reason}\n`;
}

export function fireworkDocument(fwId: number, name: string, state: SeedState): Document {
  return {
    spec: { _tasks: [state === 'READY' ? { ...TASK, script: ['true'] } : TASK] },
    fw_id: fwId,
    created_on: CREATED,
    updated_on: ENDED,
    launches: state === 'READY' ? [] : [fwId],
    state,
    name,
    archived_launches: [],
  };
}

export function launchDocument(id: number, state: EndState): Document {
  const checkpoint = { _task_n: 0, _all_stored_data: {}, _all_update_spec: {}, _all_mod_spec: [] };
  return {
    fworker: { name: 'Automatically generated Worker', category: '', query: '{}', env: {} },
    fw_id: id,
    launch_dir: `/scratch/amy/launcher_2026-11-20-08-01-43-${id}`,
    host: 'node-1',
    ip: '127.0.0.1',
    trackers: [],
    action: actionDocument(id, state),
    state,
    state_history: [
      { state: 'RUNNING', created_on: STARTED, updated_on: ENDED, checkpoint },
      { state, created_on: ENDED, ...(state === 'FIZZLED' ? { checkpoint } : {}) },
    ],
    launch_id: id,
    time_start: STARTED,
    time_end: ENDED,
    runtime_secs: 0.030385,
  };
}

function actionDocument(id: number, state: EndState): Document {
  const failed = {
    _message: 'runtime error during task',
    _task: TASK,
    _exception: { _stacktrace: stackTrace(id), _details: null },
  };
  return {
    stored_data: state === 'FIZZLED' ? failed : { returncode: 0, all_returncodes: [0] },
    exit: state === 'FIZZLED',
    update_spec: {},
    mod_spec: [],
    additions: [],
    detours: [],
    append_wfs: [],
    defuse_children: false,
    defuse_workflow: false,
    propagate: false,
  };
}

/** The members have the ids `first`, `first + 1` …; all of them ended in the same state. */
export function workflowDocument(graph: Graph, first: number, state: SeedState): Document {
  const id = (node: number): number => node + first - 1;
  const nodes = Array.from({ length: graph.size }, (_, index) => index + 1);
  const hasParents = nodes.filter((node) => graph.parents(node).length > 0);
  return {
    links: Object.fromEntries(nodes.map((node) => [id(node), graph.children(node).map(id)])),
    parent_links: Object.fromEntries(hasParents.map((node) => [id(node), graph.parents(node).map(id)])),
    nodes: nodes.map(id),
    metadata: { owner: 'amy' },
    state,
    name: `workflow ${first}`,
    created_on: new Date(CREATED),
    updated_on: new Date(ENDED),
    fw_states: Object.fromEntries(nodes.map((node) => [id(node), state])),
  };
}
