/** The `command_spec` of a CommandLineTask: its labels, looked up, as the arguments and streams of a command. */
import { isObject, type Value, type ValueObject } from '../../../domain/model';
import { FiretaskError } from '../../define-firetask';
import { assertThat, keyError } from '../python-failures';
import { pythonStr } from '../python-repr';
import { asObject, objectOrKey, specValue } from './spec-values';

/** One input or output: where it comes from, where it goes, and how it stands among the arguments. */
export interface Binding {
  readonly prefix: string;
  readonly source: ValueObject | undefined;
  readonly target: ValueObject | undefined;
}

const PARTS = ['binding', 'source', 'target'] as const;

/** The entries of a label: one, or those of a list of the spec. */
export function bindingsOf(commandSpec: ValueObject, label: string, spec: ValueObject): readonly Binding[] {
  if (!Object.hasOwn(commandSpec, label)) throw keyError(label);
  const entry = commandSpec[label];
  if (typeof entry === 'string') {
    const list = specValue(spec, entry);
    assertThat(Array.isArray(list), `the spec has no list at ${entry}`);
    // A bare source needs no object around it.
    return (list as readonly Value[]).map((item) =>
      bindingOf(isObject(item) && Object.hasOwn(item, 'source') ? item : { source: item }),
    );
  }
  const parts = asObject(entry);
  const found: Record<string, Value> = {};
  for (const part of PARTS) {
    if (Object.hasOwn(parts, part)) found[part] = objectOrKey(spec, parts[part]);
  }
  return [bindingOf(found)];
}

function bindingOf({ binding, source, target }: ValueObject): Binding {
  for (const [name, part] of Object.entries({ binding, source, target })) {
    if (part !== undefined && !isObject(part)) {
      throw new FiretaskError('ValueError', `the ${name} of a label in command_spec must be an object`);
    }
  }
  const { prefix, separator } = asObject(binding);
  return {
    prefix: [prefix, separator].map((part) => (typeof part === 'string' ? part : '')).join(''),
    source: isObject(source) ? source : undefined,
    target: isObject(target) ? target : undefined,
  };
}

export type Input =
  | { readonly kind: 'argument'; readonly argument: string }
  | { readonly kind: 'stdin file'; readonly argument: string; readonly path: string }
  | { readonly kind: 'stdin text'; readonly argument: string; readonly text: string };

export function inputOf({ prefix, source, target }: Binding): Input {
  assertThat(source !== undefined, 'input has no key "source"');
  const { type, value } = source;
  assertThat(type !== null && type !== undefined);
  assertThat(value !== null && value !== undefined);
  if (type !== 'path' && type !== 'data') throw notImplemented('source', type);
  if (!target) return { kind: 'argument', argument: prefix + pythonStr(value) };
  assertThat(target['type'] === 'stdin');
  if (type === 'path') return { kind: 'stdin file', argument: prefix, path: pythonStr(value) };
  return { kind: 'stdin text', argument: prefix, text: pythonStr(value) };
}

export function notImplemented(part: string, type: Value): FiretaskError {
  return new FiretaskError('NotImplementedError', `the ${part} type ${pythonStr(type)} of command_spec`);
}
