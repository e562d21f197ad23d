/** What is wrong in a file, in words: one place and one reason each, the first five in one error. */
import { isObject, type Value } from '../domain/model';
import { type ErrorCode, LpadError } from '../errors';
import type { LocatedDocument, Path } from './workflow-files/located-document';
import { textOfWrapper } from './plain-values';

export interface Problem {
  readonly path: Path;
  /** Continues the sentence that the path starts: `must be a number, is 'abc'`. */
  readonly what: string;
}

export interface ProblemSource {
  /** As the user named it, for messages. */
  readonly file: string;
  readonly code: ErrorCode;
}

const SHOWN = 5;

export function problemsError(
  problems: readonly Problem[],
  document: LocatedDocument,
  { file, code }: ProblemSource,
  hint?: string,
): LpadError {
  const lines = problems.slice(0, SHOWN).map(({ path, what }) => {
    const line = document.lineOf(path);
    const subject = path.length === 0 ? '' : `${pathText(path)}: `;
    return `${subject}${what}, in ${file}${line === undefined ? '' : ` line ${String(line)}`}`;
  });
  const more = problems.length - SHOWN;
  if (more > 0) lines.push(`and ${String(more)} more ${more === 1 ? 'problem' : 'problems'}`);
  return new LpadError(code, lines.join('\n'), hint === undefined ? {} : { hint });
}

/** `fws[0].spec._tasks[1]` */
export function pathText(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${String(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text;
}

/** Names of keys and variables whose values are not to be shown. */
export const SECRET_KEY = /pass(?:word|wd|phrase)?|secret|token|credential/i;
const LONGEST_SHOWN = 60;

/** A value as a message shows it; secrets are not shown, nor anything long. */
export function shownValue(value: Value, path: Path = []): string {
  if (path.some((part) => SECRET_KEY.test(String(part)))) return 'something else (not shown)';
  if (value === null || value === undefined) return 'empty';
  if (typeof value === 'string') {
    if (/:\/\/\S*@/.test(value)) return 'something else (not shown, it has a password in it)';
    return value.length > LONGEST_SHOWN ? `'${value.slice(0, LONGEST_SHOWN)}…'` : `'${value}'`;
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value instanceof Date) return `the date ${value.toISOString()}`;
  if (isObject(value)) return 'an object';
  return textOfWrapper(value);
}
