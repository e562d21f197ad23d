/** Planning alone, without a store: a chain and a star of 50,000 in less than a second each, in this process. */
import { loadBuilt } from '../run/load-built';
import { chain, star, type Graph } from '../state/graph';
import type { RowReport } from '../report/ratios';

const SIZE = 50_000;
const SECONDS = 1;

export function planInMemory(home: string, small: boolean): readonly RowReport[] {
  const size = small ? SIZE / 20 : SIZE;
  return [reportPlan(home, 'chain', chain(size)), reportPlan(home, 'star', star(size))];
}

function reportPlan(home: string, kind: string, graph: Graph): RowReport {
  const { planRerun } = loadBuilt(home, 'domain/rerun/rerun-plan.js') as {
    planRerun: (input: unknown) => { patch: { changes: readonly unknown[] } };
  };
  const input = {
    view: viewOf(graph),
    targets: new Set([1]),
    options: { includeRunning: false, resetHeld: false, clearRecovery: false },
    launches: new Map(),
    effects: new Map(),
    now: new Date(),
  };
  const started = performance.now();
  const { patch } = planRerun(input);
  const seconds = (performance.now() - started) / 1000;
  if (patch.changes.length !== graph.size + 1)
    throw new Error(`the plan has ${patch.changes.length} changes`);
  const figures = {
    min: seconds,
    median: seconds,
    max: seconds,
    cpuMedian: seconds,
    megabytes: NaN,
    cutShort: false,
  };
  return {
    name: `plan-${kind}`,
    title: `plan a rerun of a ${kind} of ${graph.size} in memory`,
    figures: { ours: figures },
    verdicts: [{ target: `≤ ${SECONDS} s`, reached: seconds, ok: seconds <= SECONDS }],
  };
}

function viewOf(graph: Graph): unknown {
  const nodes = Array.from({ length: graph.size }, (_, index) => index + 1);
  const moment = '2026-11-20T08:01:43.410766+00:00';
  const workflow = {
    key: '0123456789abcdef01234567',
    name: 'workflow',
    state: 'COMPLETED',
    links: new Map(nodes.map((node) => [node, graph.children(node)])),
    nodes,
    fwStates: new Map(nodes.map((node) => [node, 'COMPLETED'])),
    metadata: {},
    createdOn: new Date(moment),
    updatedOn: new Date(moment),
  };
  const fireworks = nodes.map((fwId) => ({
    fwId,
    name: 'step',
    state: 'COMPLETED',
    spec: {},
    createdOn: moment,
    updatedOn: moment,
    launches: [fwId],
    archivedLaunches: [],
  }));
  return { workflow, fireworks: new Map(fireworks.map((one) => [one.fwId, one])) };
}
