/** What `spec._sourcecode` says: which folder, and what of it. */
import { isAbsolute, resolve } from 'node:path';
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Value, type ValueObject } from '../../domain/model';
import { plain } from '../../specs/plain-values';
import { expandVariables } from '../directory/launch-directory';

export interface SourceSpec {
  /** Absolute. */
  readonly dir: string;
  /** Shell patterns below it; undefined is everything. */
  readonly include: readonly string[] | undefined;
  /** Source code of this launch or an earlier one does not count any more; 0 when all does. */
  readonly afterLaunch: number;
}

const KEYS = ['dir', 'include', 'after_launch'];

/** Undefined for a Firework without source code; throws ActionError for what cannot be read. */
export function sourceSpecOf(
  spec: ValueObject,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): SourceSpec | undefined {
  const wanted = spec['_sourcecode'];
  if (wanted === undefined || wanted === null) return undefined;
  if (!isObject(wanted)) throw new ActionError('_sourcecode must be an object: {"dir": "/my/project"}');
  const unknown = Object.keys(wanted).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new ActionError(`_sourcecode has an unknown key: ${unknown}`);
  const { dir, after_launch: afterLaunch } = wanted;
  if (typeof dir !== 'string' || dir === '') throw new ActionError('_sourcecode has no dir');
  return {
    dir: resolve(cwd, expandVariables(dir, env)),
    include: patternsOf(wanted['include']),
    afterLaunch: Number(plain(afterLaunch ?? 0)),
  };
}

function patternsOf(include: Value): readonly string[] | undefined {
  if (include === undefined || include === null) return undefined;
  const patterns: readonly Value[] = Array.isArray(include) ? include : [include];
  return patterns.map((pattern) => {
    if (typeof pattern !== 'string' || pattern === '')
      throw new ActionError('_sourcecode.include must be a list of patterns, such as ["*.py", "data/*.csv"]');
    if (isAbsolute(pattern) || pattern.split('/').includes('..'))
      throw new ActionError(`_sourcecode.include leads out of dir: ${pattern}`);
    return pattern;
  });
}
