/** `lpad update_fws -u`: what is to change in a spec, checked before anything is read. */
import { pathMisfit } from '../../domain/rerun/spec-edit';
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { ABSENT, type Absent } from '../../domain/patch';
import type { SpecDraft, SpecPath } from '../../domain/spec-draft';
import { LpadError } from '../../errors';
import { parseObject } from '../parse-query';
import { OPERATORS, UpdateMisfit } from './operators';

export interface ParsedUpdate {
  /** Why it does not fit a spec, in words; else undefined, and the draft is changed. */
  readonly editSpec: (draft: SpecDraft) => string | undefined;
  /** What the Firework is called from then on. */
  readonly name?: string;
}

const OPTION = '-u';
const EXAMPLE = '{"settings.cutoff": 600}';
const MONGO_EXAMPLE = '{"$set": {"spec.settings.cutoff": 600}}';

/** Keys below spec with their new values; a dot leads into an object, a number to a place in a list. */
export function parseSpecUpdate(text: string): ParsedUpdate {
  return readSpecUpdate(parseObject(text, OPTION, 'an update', EXAMPLE));
}

export function readSpecUpdate(update: ValueObject): ParsedUpdate {
  const keys = Object.keys(update);
  if (keys.length === 0) throw wrong('it changes nothing', EXAMPLE);
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator !== undefined)
    throw wrong(
      `${operator} is an operator of MongoDB, which needs --mongo`,
      `${EXAMPLE}', or with --mongo '${MONGO_EXAMPLE}`,
    );
  const prefixed = keys.find((key) => key === 'spec' || key.startsWith('spec.'));
  if (prefixed !== undefined)
    throw wrong(
      `keys are below spec already: write ${prefixed.slice(5) || 'the keys within'}, not ${prefixed}`,
      EXAMPLE,
    );
  return updateOf(keys.map((key) => ({ path: pathOf(key), change: () => update[key] })));
}

/** An update of MongoDB, of the spec or the name. What the states and launches are is not for an update to say. */
export function parseMongoUpdate(text: string): ParsedUpdate {
  return readMongoUpdate(parseObject(text, OPTION, 'an update', MONGO_EXAMPLE));
}

export function readMongoUpdate(update: ValueObject): ParsedUpdate {
  const steps: Step[] = [];
  let name: string | undefined;
  for (const [operator, fields] of Object.entries(update)) {
    for (const [field, operand] of Object.entries(fieldsOf(operator, fields))) {
      if (field === 'name' && operator === '$set' && typeof operand === 'string') name = operand;
      else steps.push(...stepsOf(operator, field, operand));
    }
  }
  if (steps.length === 0 && name === undefined) throw wrong('it changes nothing', MONGO_EXAMPLE);
  return { ...updateOf(steps), ...(name === undefined ? {} : { name }) };
}

interface Step {
  readonly path: SpecPath;
  /** Throws UpdateMisfit where the operator does not fit. */
  readonly change: (current: Value | Absent) => Value | Absent;
  /** Where what stood there goes. */
  readonly target?: SpecPath;
}

function fieldsOf(operator: string, fields: Value): ValueObject {
  if (operator !== '$rename' && !Object.hasOwn(OPERATORS, operator)) {
    const what = operator.startsWith('$') ? `${operator} is not supported` : `${operator} is no operator`;
    throw wrong(`${what}: it is one of ${[...Object.keys(OPERATORS), '$rename'].join(' ')}`, MONGO_EXAMPLE);
  }
  if (!isObject(fields)) throw wrong(`${operator} needs an object of fields`, MONGO_EXAMPLE);
  return fields;
}

function stepsOf(operator: string, field: string, operand: Value): readonly Step[] {
  const path = belowSpec(field);
  const compute = OPERATORS[operator];
  if (compute) return [{ path, change: (current) => compute(current, operand, field) }];
  return [renameStep(path, operand)];
}

/** What is not there is not renamed. */
function renameStep(path: SpecPath, to: Value): Step {
  if (typeof to !== 'string') throw wrong('$rename needs the new name as a text', MONGO_EXAMPLE);
  const target = belowSpec(to);
  return { path, change: () => ABSENT, target };
}

function belowSpec(field: string): SpecPath {
  if (field.startsWith('spec.')) return pathOf(field.slice(5));
  const instead =
    field === 'state'
      ? 'there are commands for states: rerun_fws, pause_fws, defuse_fws …'
      : 'only spec and name may be changed';
  throw wrong(`${field}: ${instead}`, MONGO_EXAMPLE);
}

function pathOf(key: string): SpecPath {
  const [first = '', ...rest] = key.split('.');
  const bad = [first, ...rest].find((part) => part === '' || part.startsWith('$'));
  if (bad !== undefined) throw wrong(`"${key}" is no path below spec`, EXAMPLE);
  return [first, ...rest];
}

/** As MongoDB, in the order of the paths, and refusing two that meet. */
function updateOf(steps: readonly Step[]): ParsedUpdate {
  const sorted = steps.toSorted((one, other) => comparePaths(one.path, other.path));
  const paths = steps
    .flatMap(({ path, target }) => (target ? [path, target] : [path]))
    .toSorted(comparePaths);
  for (const [index, path] of paths.entries()) {
    const next = paths[index + 1];
    if (next && path.every((key, at) => next[at] === key))
      throw wrong(`${path.join('.')} and ${next.join('.')} change the same: say it once`, EXAMPLE);
  }
  return { editSpec: (draft) => applySteps(draft, sorted) };
}

function comparePaths(one: SpecPath, other: SpecPath): number {
  const [left, right] = [one.join('\0'), other.join('\0')];
  return left < right ? -1 : left > right ? 1 : 0;
}

function applySteps(draft: SpecDraft, steps: readonly Step[]): string | undefined {
  try {
    for (const { path, change, target } of steps) {
      const before = standingAt(draft, path);
      const misfit =
        put(draft, path, change(before)) ??
        (target && before !== ABSENT ? put(draft, target, before) : undefined);
      if (misfit !== undefined) return misfit;
    }
    return undefined;
  } catch (error) {
    if (error instanceof UpdateMisfit) return error.message;
    throw error;
  }
}

function standingAt(draft: SpecDraft, path: SpecPath): Value | Absent {
  return pathMisfit(draft.whole(), path) === undefined ? draft.at(path) : ABSENT;
}

/** What is not there can be taken away anywhere. */
function put(draft: SpecDraft, path: SpecPath, value: Value | Absent): string | undefined {
  if (value === standingAt(draft, path)) return undefined;
  const misfit = pathMisfit(draft.whole(), path);
  if (misfit === undefined) draft.set(path, value);
  return misfit;
}

function wrong(what: string, example: string): LpadError {
  return new LpadError('USAGE', `${OPTION}: ${what}`, { hint: `lpad update_fws … ${OPTION} '${example}'` });
}
