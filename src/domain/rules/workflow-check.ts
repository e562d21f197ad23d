/**
 * Whether a workflow hangs together, and whether every input of its Firetasks has a source: the rules of FireWorks' `--check`
 * (lpad-commands.md, section 2.7). It reads the Firetasks of FireWorks that say what they read and write; others do not.
 */
import { isObject, type Firework, type Links, type Value, type ValueObject } from '../model';
import { findCycle, parentsByChild } from '../workflow-graph';

const CHECKED_TASKS = new Set(['PyTask', 'CommandLineTask', 'ForeachTask', 'JoinDictTask', 'JoinListTask']);

/** What the check looks at. */
export type CheckedFirework = Pick<Firework, 'fwId' | 'name' | 'state' | 'spec'>;

interface Step {
  readonly firework: CheckedFirework;
  readonly tasks: readonly ValueObject[];
  readonly inputs: ReadonlySet<string>;
  readonly outputs: readonly string[];
  /** Inputs that the spec itself has. */
  readonly own: ReadonlySet<string>;
  /** Works on a part of what a ForeachTask distributed. */
  readonly isChunk: boolean;
}

/** What is wrong, each in a sentence; none when nothing is. */
export function checkWorkflow(fireworks: readonly CheckedFirework[], links: Links): readonly string[] {
  const problems: string[] = [...graphProblems(fireworks, links)];
  const steps = new Map<number, Step>();
  for (const firework of fireworks) {
    const tasks = checkedTasks(firework.spec);
    const wrong = tasks.flatMap((task) => taskProblems(firework, innerTask(task)));
    problems.push(...wrong);
    steps.set(firework.fwId, createStep(firework, tasks));
  }
  const parents = parentsByChild(links);
  for (const step of steps.values()) {
    const above = [...new Set(parents.get(step.firework.fwId))].flatMap((id) => steps.get(id) ?? []);
    problems.push(...outputProblems(step), ...inputProblems(step, above));
  }
  return problems;
}

function graphProblems(fireworks: readonly CheckedFirework[], links: Links): readonly string[] {
  const cycle = findCycle(links);
  if (cycle) return [`the Fireworks wait for each other in a cycle: ${cycle.join(' -> ')}`];
  const [first] = fireworks;
  if (!first) return [];
  const connected = connectedWith(first.fwId, links);
  const apart = fireworks.filter(({ fwId }) => !connected.has(fwId)).map(({ fwId }) => fwId);
  if (apart.length === 0) return [];
  return [`the workflow is in several parts: nothing links ${idList(apart)} with ${String(first.fwId)}`];
}

const IDS_SHOWN = 10;

function idList(ids: readonly number[]): string {
  return ids.length > IDS_SHOWN ? `${ids.slice(0, IDS_SHOWN).join(', ')}, …` : ids.join(', ');
}

/** Everything that can be reached along links in either direction. */
function connectedWith(start: number, links: Links): ReadonlySet<number> {
  const parents = parentsByChild(links);
  const found = new Set([start]);
  // A Set visits what is added while it is iterated: this is the whole walk.
  for (const node of found) {
    for (const next of links.get(node) ?? []) found.add(next);
    for (const next of parents.get(node) ?? []) found.add(next);
  }
  return found;
}

function checkedTasks({ _tasks: tasks }: ValueObject): readonly ValueObject[] {
  const list: readonly Value[] = Array.isArray(tasks) ? tasks : [tasks];
  return list.filter(isObject).filter((task) => CHECKED_TASKS.has(String(task['_fw_name'])));
}

/** A ForeachTask holds the one that it repeats. */
function innerTask(task: ValueObject): ValueObject {
  return isObject(task['task']) ? task['task'] : task;
}

function createStep(firework: CheckedFirework, tasks: readonly ValueObject[]): Step {
  const inner = tasks.map(innerTask);
  return {
    firework,
    tasks,
    inputs: new Set(inner.flatMap((task) => labels(task['inputs']))),
    outputs: [
      ...inner.flatMap((task) => labels(task['outputs'])),
      ...inner.flatMap((task) => labels(task['output'])),
    ],
    own: new Set(inner.flatMap((task) => inputsInSpec(task, firework.spec))),
    isChunk: tasks.length > 0 && Object.hasOwn(tasks.at(-1) ?? {}, 'chunk_number'),
  };
}

function labels(value: Value): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((label) => typeof label === 'string');
}

function inputsInSpec(task: ValueObject, spec: ValueObject): readonly string[] {
  const commandSpec = task['command_spec'];
  const inputs = labels(task['inputs']);
  if (!isObject(commandSpec)) return inputs.filter((label) => Object.hasOwn(spec, label));
  return inputs.flatMap((label) => {
    const entry = commandSpec[label];
    if (typeof entry === 'string') return Object.hasOwn(spec, entry) ? [entry] : [];
    const source = isObject(entry) ? entry['source'] : undefined;
    return isObject(source) || (typeof source === 'string' && Object.hasOwn(spec, source)) ? [label] : [];
  });
}

function taskProblems(firework: CheckedFirework, task: ValueObject): readonly string[] {
  const where = `${named(firework)}: ${String(task['_fw_name'])}`;
  const problems = ['inputs', 'outputs']
    .filter((key) => task[key] !== undefined && task[key] !== null && !Array.isArray(task[key]))
    .map((key) => `${where}: ${key} must be a list`);
  const commandSpec = task['command_spec'];
  if (!isObject(commandSpec)) return problems;
  for (const label of labels(task['inputs'])) {
    const entry = commandSpec[label];
    if (entry === undefined) problems.push(`${where}: the input ${label} is not in its command_spec`);
    else if (isObject(entry) && !Object.hasOwn(entry, 'source'))
      problems.push(`${where}: the input ${label} has no source in its command_spec`);
  }
  return problems;
}

function outputProblems({ firework, outputs }: Step): readonly string[] {
  const repeated = new Set(outputs.filter((label, index) => outputs.indexOf(label) < index));
  return [...repeated].map((label) => `${named(firework)}: the output ${label} is written more than once`);
}

function inputProblems(step: Step, parents: readonly Step[]): readonly string[] {
  return [...step.inputs].flatMap((label) => {
    const sources = sourcesOf(label, step, parents);
    if (sources.length === 1) return [];
    const where = `${named(step.firework)}: the input ${label}`;
    if (sources.length === 0)
      return [`${where} has no source: no output of a parent, nothing in the spec, no earlier Firetask`];
    return [`${where} has ${String(sources.length)} sources, it needs one: ${sources.join(', ')}`];
  });
}

function sourcesOf(label: string, step: Step, parents: readonly Step[]): readonly string[] {
  const sources = parents
    .filter(({ outputs, isChunk }) => outputs.includes(label) && !isChunk)
    .map(({ firework }) => named(firework));
  // What a COMPLETED parent wrote is in the spec by now: it is one source, not two.
  const arrived = parents.some(
    ({ firework, outputs }) => firework.state === 'COMPLETED' && outputs.includes(label),
  );
  if (step.own.has(label) && !arrived) sources.push('its own spec');
  if (isFromEarlierTask(label, step.tasks)) sources.push('an earlier Firetask');
  return sources;
}

function isFromEarlierTask(label: string, tasks: readonly ValueObject[]): boolean {
  let written = false;
  for (const task of tasks) {
    written ||= labels(task['outputs']).includes(label) || task['output'] === label;
    if (written && labels(task['inputs']).includes(label)) return true;
  }
  return false;
}

function named({ fwId, name }: CheckedFirework): string {
  return `Firework ${String(fwId)} ${name}`;
}
