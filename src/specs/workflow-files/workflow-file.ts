/**
 * Files that `lpad add` and `append_wflow` take (semantics.md, section 13): a Firework, a Workflow, or (ours) a list of
 * either. The result is what FireWorks' `add` stores, but with the file's own ids. One mistake, and nothing is added.
 */
import {
  isObject,
  type Firework,
  type Links,
  type NewWorkflow,
  type Value,
  type ValueObject,
} from '../../domain/model';
import { isTruthy } from '../../domain/workflow-draft';
import { rootsOf } from '../../domain/workflow-graph';
import { workflowState } from '../../domain/rules/workflow-state';
import { isoTimestamp } from '../../domain/timestamps';
import { type FileFormat, type LocatedDocument, parseLocated, type Path } from './located-document';
import { type Problem, problemsError, type ProblemSource, shownValue } from '../problems';
import { findUnknownKeys, type SchemaName, validate } from '../validate';
import { launchesProblems, readFirework, repeatedIds } from './workflow-file-fireworks';
import { readFileDates } from './workflow-file-dates';
import { taskProblems, type CheckTask } from './task-problems';
import { readLinks } from './workflow-links';

/** A workflow of a file: the ids of its Fireworks are the file's own, and may be negative. */
export type WorkflowDraft = NewWorkflow;

export interface WorkflowFileOptions {
  readonly file: string;
  readonly format: FileFormat;
  readonly now: Date;
  /** What is wrong with the parameters of a Firetask; without it they are not looked at. */
  readonly checkTask?: CheckTask;
}

interface Source extends ProblemSource {
  readonly document: LocatedDocument;
  readonly now: Date;
  readonly checkTask: CheckTask;
}

/** The workflows of a file in its order; their Fireworks are in the file's order, too, not by id. */
export function parseWorkflowFile(
  text: string,
  { file, format, now, checkTask = () => [] }: WorkflowFileOptions,
): readonly WorkflowDraft[] {
  const code = 'BAD_WORKFLOW';
  const document = parseLocated(text, { file, format, code });
  const source: Source = { document, file, code, now, checkTask };
  if (!Array.isArray(document.value)) return [readEntry(document.value, [], source)];
  if (document.value.length === 0) refuse([{ path: [], what: 'the list of workflows is empty' }], source);
  return document.value.map((entry: Value, index) => readEntry(entry, [index], source));
}

function readEntry(entry: Value, at: Path, source: Source): WorkflowDraft {
  const expected = 'a Firework (an object with spec) or a Workflow (an object with fws)';
  if (!isObject(entry))
    return refuse([{ path: at, what: `expected ${expected}, found ${shownValue(entry)}` }], source);
  if (Object.hasOwn(entry, 'fws')) return readWorkflow(entry, at, source);
  refuseAny(nearMisses(entry, 'firework', at), source);
  if (!Object.hasOwn(entry, 'spec'))
    return refuse([{ path: at, what: `expected ${expected}, but it has neither` }], source);
  return readLoneFirework(entry, at, source);
}

/** A Firework alone becomes a workflow of its name and dates. */
function readLoneFirework(entry: ValueObject, at: Path, source: Source): WorkflowDraft {
  validate(source.document, 'firework', source, at);
  const problems: Problem[] = [
    ...launchesProblems(entry, at),
    ...taskProblems(entry['spec'], [...at, 'spec'], source.checkTask),
  ];
  const firework = readFirework(entry, at, source.now, problems);
  // What is wrong with the dates is told by the Firework already.
  const { createdOn, updatedOn } = readFileDates(entry, at, source.now, []);
  refuseAny(problems, source);
  const links: Links = new Map([[firework.fwId, []]]);
  const dates = { createdOn: createdOn.date, updatedOn: updatedOn.date };
  return finish({ name: firework.name, metadata: {}, links, fireworks: [firework], ...dates }, source.now);
}

function readWorkflow(entry: ValueObject, at: Path, source: Source): WorkflowDraft {
  refuseAny(nearMisses(entry, 'workflow', at), source);
  validate(source.document, 'workflow', source, at);
  const entries = entry['fws'] as readonly ValueObject[];
  const problems: Problem[] = [];
  const fireworks = entries.map((one, index) => {
    const path = [...at, 'fws', index];
    problems.push(...nearMisses(one, 'firework', path), ...launchesProblems(one, path));
    problems.push(...taskProblems(one['spec'], [...path, 'spec'], source.checkTask));
    return readFirework(one, path, source.now, problems);
  });
  const fwIds = fireworks.map(({ fwId }) => fwId);
  problems.push(...repeatedIds(fireworks, entries, [...at, 'fws']));
  const { links, problems: linkProblems } = readLinks(entry['links'], fwIds, [...at, 'links']);
  problems.push(...linkProblems);
  const { createdOn, updatedOn } = readFileDates(entry, at, source.now, problems);
  refuseAny(problems, source);
  const name = (entry['name'] as string | null | undefined) || 'unnamed WF';
  const metadata = isTruthy(entry['metadata']) ? entry['metadata'] : {};
  return finish(
    { name, metadata, links, fireworks, createdOn: createdOn.date, updatedOn: updatedOn.date },
    source.now,
  );
}

/** FireWorks' `add_wf`: roots are READY whatever the file says, which is a change of now; others keep their state. */
function finish(workflow: Omit<NewWorkflow, 'state'>, now: Date): WorkflowDraft {
  const roots = new Set(rootsOf(workflow.links));
  const fireworks = workflow.fireworks.map((one): Firework =>
    roots.has(one.fwId) ? { ...one, state: 'READY', updatedOn: isoTimestamp(now) } : one,
  );
  const states = new Map(fireworks.map(({ fwId, state }) => [fwId, state]));
  const specs = new Map(fireworks.map(({ fwId, spec }) => [fwId, spec]));
  const tolerates = (fwId: number): boolean => isTruthy(specs.get(fwId)?.['_allow_fizzled_parents']);
  return { ...workflow, fireworks, state: workflowState(workflow.links, states, tolerates) };
}

/** `link` instead of `links` would be ignored by FireWorks, and the dependencies with it. */
function nearMisses(entry: Value, schema: SchemaName, at: Path): readonly Problem[] {
  return findUnknownKeys(entry, schema).flatMap(({ key, meant }) =>
    meant === undefined ? [] : [{ path: [...at, key], what: `is no known key; did you mean ${meant}?` }],
  );
}

/** Throws when there is any problem. */
function refuseAny(problems: readonly Problem[], source: Source): void {
  if (problems.length > 0) refuse(problems, source);
}

function refuse(problems: readonly Problem[], source: Source): never {
  const ofLaunches = problems.some(({ what }) => what.includes('have run already'));
  const hint = ofLaunches
    ? 'remove launches and archived_launches from the file to add its Fireworks anew'
    : undefined;
  throw problemsError(problems, source.document, source, hint);
}
