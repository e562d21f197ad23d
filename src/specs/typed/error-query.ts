/** `--error REGEX`: the query that finds launches by their stack trace. */
import type { ValueObject } from '../../domain/model';
import { LpadError } from '../../errors';

const TRACE = 'action.stored_data._exception._stacktrace';

/** Leading `(?i)` is how Python and PCRE say it; JavaScript, which checks and runs it here, has flags instead. */
export function errorQuery(regex: string): ValueObject {
  const [, flags = '', source = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(regex) ?? [];
  if (source === '')
    throw new LpadError('BAD_SELECTOR', '--error: an empty regex matches every error', {
      hint: "--error 'MemoryError'",
    });
  const prefix = regex.length - source.length;
  if (!compiles(source)) throw invalid(regex, prefix + faultIn(source));
  const options = [...new Set(flags)].toSorted().join('');
  return { [TRACE]: { $regex: source, ...(options === '' ? {} : { $options: options }) } };
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source).source !== '';
  } catch {
    return false;
  }
}

/** No engine says where a regex breaks: it is behind the longest beginning that is still a regex. */
function faultIn(source: string): number {
  for (let length = source.length - 1; length > 0; length -= 1) {
    if (compiles(source.slice(0, length))) return length;
  }
  return 0;
}

function invalid(regex: string, at: number): LpadError {
  return new LpadError(
    'BAD_SELECTOR',
    `--error: the regex ${regex} cannot be read from character ${at + 1} on: ${regex.slice(at)}`,
    {
      hint: "--error 'MemoryError', with \\( \\[ \\* for brackets and stars that mean themselves",
    },
  );
}
