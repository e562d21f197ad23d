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
import { checkWorkflow } from '../../domain/rules/workflow-check';
import { workflowState } from '../../domain/rules/workflow-state';
import { isoTimestamp } from '../../domain/timestamps';
import { type FileFormat, type LocatedDocument, parseLocated, type Path } from './located-document';
import { type Problem, problemsError, type ProblemSource, shownValue } from '../problems';
import { findUnknownKeys, type SchemaName, validate } from '../validate';
import { launchesProblems, readFirework, repeatedIds, withoutPast } from './workflow-file-fireworks';
import { readFileDates } from './workflow-file-dates';
import { markerProblems } from '../resolving/marker-problems';
import { taskProblems, type CheckTask } from './task-problems';
import { readLinks } from './workflow-links';

/** A workflow of a file: the ids of its Fireworks are the file's own, and may be negative. */
export type WorkflowDraft = NewWorkflow;

export interface WorkflowFileOptions {
  readonly file: string;
  readonly format: FileFormat;
  readonly now: Date;
  /** Whether every input must have its source (FireWorks' `--check`). */
  readonly check?: boolean;
  /** Whether what has run already is added as new, without what it did; without it such a file is refused. */
  readonly anew?: boolean;
  /** What is wrong with the parameters of a Firetask; without it they are not looked at. */
  readonly checkTask?: CheckTask;
  /** `as written` for what is hung below others, where only a refresh says what is READY. */
  readonly states?: 'roots are READY' | 'as written';
}

interface Source
  extends ProblemSource, Pick<WorkflowFileOptions, 'now' | 'check' | 'anew' | 'checkTask' | 'states'> {
  readonly document: LocatedDocument;
}

/** The workflows of a file in its order; their Fireworks are in the file's order, too, not by id. */
export function parseWorkflowFile(
  text: string,
  { file, format, ...options }: WorkflowFileOptions,
): readonly WorkflowDraft[] {
  const code = 'BAD_WORKFLOW';
  const document = parseLocated(text, { file, format, code });
  return readAll({ document, file, code, ...options });
}

/** The same of data that is there already; `named` is what messages call it. */
export function workflowsOf(
  value: Value,
  { named, now }: { readonly named: string; readonly now: Date },
): readonly WorkflowDraft[] {
  return readAll({ document: { value, lineOf: () => undefined }, file: named, code: 'BAD_WORKFLOW', now });
}

function readAll(source: Source): readonly WorkflowDraft[] {
  const { document } = source;
  if (!Array.isArray(document.value)) return [readChecked(document.value, [], source)];
  if (document.value.length === 0) refuse([{ path: [], what: 'the list of workflows is empty' }], source);
  return document.value.map((entry: Value, index) => readChecked(entry, [index], source));
}

function readChecked(entry: Value, at: Path, source: Source): WorkflowDraft {
  const draft = readEntry(entry, at, source);
  if (source.check) {
    const problems = checkWorkflow(draft.fireworks, draft.links);
    refuseAny(
      problems.map((what) => ({ path: [...at], what })),
      source,
    );
  }
  return draft;
}

/** A Workflow or a Firework that stands in no file, its states as written; `place` is for messages. */
export function readWorkflowValue(value: Value, place: string, now: Date): WorkflowDraft {
  const document: LocatedDocument = { value, lineOf: () => undefined };
  return readEntry(value, [], { document, file: place, code: 'BAD_WORKFLOW', now, states: 'as written' });
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
  const problems: Problem[] = [];
  const firework = readMember(entry, at, source, problems);
  // What is wrong with the dates is told by the Firework already.
  const { createdOn, updatedOn } = readFileDates(asWritten(entry, source), at, source.now, []);
  refuseAny(problems, source);
  const links: Links = new Map([[firework.fwId, []]]);
  const dates = { createdOn: createdOn.date, updatedOn: updatedOn.date };
  return finish({ name: firework.name, metadata: {}, links, fireworks: [firework], ...dates }, source);
}

function readWorkflow(entry: ValueObject, at: Path, source: Source): WorkflowDraft {
  refuseAny(nearMisses(entry, 'workflow', at), source);
  validate(source.document, 'workflow', source, at);
  const entries = entry['fws'] as readonly ValueObject[];
  const problems: Problem[] = [];
  const fireworks = entries.map((one, index) => {
    const path = [...at, 'fws', index];
    problems.push(...nearMisses(one, 'firework', path));
    return readMember(one, path, source, problems);
  });
  const fwIds = fireworks.map(({ fwId }) => fwId);
  problems.push(...repeatedIds(fireworks, entries, [...at, 'fws']));
  const { links, problems: linkProblems } = readLinks(entry['links'], fwIds, [...at, 'links']);
  problems.push(...linkProblems);
  const { createdOn, updatedOn } = readFileDates(asWritten(entry, source), at, source.now, problems);
  refuseAny(problems, source);
  const name = (entry['name'] as string | null | undefined) || 'unnamed WF';
  const metadata = isTruthy(entry['metadata']) ? entry['metadata'] : {};
  return finish(
    { name, metadata, links, fireworks, createdOn: createdOn.date, updatedOn: updatedOn.date },
    source,
  );
}

function readMember(entry: ValueObject, at: Path, source: Source, problems: Problem[]): Firework {
  if (!source.anew) problems.push(...launchesProblems(entry, at));
  if (source.checkTask) {
    const place = [...at, 'spec'];
    problems.push(...taskProblems(entry['spec'], place, source.checkTask));
    problems.push(...markerProblems(entry['spec'], place));
  }
  return readFirework(asWritten(entry, source), at, source.now, problems);
}

function asWritten(entry: ValueObject, { anew }: Source): ValueObject {
  return anew ? withoutPast(entry) : entry;
}

/** FireWorks' `add_wf`: roots are READY whatever the file says, which is a change of now; others keep their state. */
function finish(workflow: Omit<NewWorkflow, 'state'>, { states: given, now }: Source): WorkflowDraft {
  const roots = new Set(given === 'as written' ? [] : rootsOf(workflow.links));
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
    ? `lpad add --anew ${source.file}   (adds its Fireworks as new ones, without what they did)`
    : undefined;
  throw problemsError(problems, source.document, source, hint);
}
