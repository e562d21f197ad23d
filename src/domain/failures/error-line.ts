/** Of all that is stored of a failure, the lines that say what went wrong. */
import { lookedAt, type FailureError } from './failure';

export interface ErrorLines {
  /** The exception's line of the last traceback; without one what else was told. */
  readonly exception: string;
  /** Of the output of the command that failed, where it was kept. */
  readonly output?: string | undefined;
}

const HEADER = 'Traceback (most recent call last):';
/** Under which rockets of lpad keep the output of a command (ScriptTask, CommandLineTask). */
const STDERR_HEADER = '  last lines on stderr:';
const STDERR_INDENT = '    ';

/** `ValueError: …`, `numpy.linalg.LinAlgError`, `KeyboardInterrupt`. */
const EXCEPTION =
  /^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Warning|Interrupt|Exit|Timeout|Failure|Fault)(?::(?:\s.*)?)?$/;

export function errorLines(error: FailureError): ErrorLines {
  if (error.kind === 'lost') return { exception: 'lost run' };
  if (error.kind === 'no failed launch') return { exception: 'FIZZLED without a failed launch' };
  const { trace = '', message = '', stderr = '', returnCode } = error;
  const lines = linesOf(trace);
  const exception = exceptionLine(lines);
  const output = outputLine(stderr === '' ? keptOutput(lines) : linesOf(stderr));
  if (exception !== undefined) return { exception, output };
  const code = returnCode === undefined ? undefined : `return code ${String(returnCode)}`;
  const told = [message, code].filter((part) => part !== undefined && part !== '').join(', ');
  return { exception: told === '' ? 'no error was stored' : told, output };
}

function linesOf(text: string): readonly string[] {
  return lookedAt(text).split(/\r\n|\r|\n/);
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

/** The first line behind the frames of the last traceback: more may follow, but what it begins with names the error. */
function exceptionLine(lines: readonly string[]): string | undefined {
  const header = lines.lastIndexOf(HEADER);
  const behind = lines.findIndex((line, index) => index > header && !isBlank(line) && !/^\s/.test(line));
  if (header >= 0 && behind >= 0) return withMessage(lines, behind);
  // Another language's, or only the end of a long one.
  const last =
    lines.findLastIndex((line) => EXCEPTION.test(line)) >= 0
      ? lines.findLastIndex((line) => EXCEPTION.test(line))
      : lines.findLastIndex((line) => !isBlank(line) && !/^\s/.test(line));
  return last >= 0 ? withMessage(lines, last) : lines.findLast((line) => !isBlank(line))?.trim();
}

/** `ValidationError:` goes on below. */
function withMessage(lines: readonly string[], at: number): string {
  const line = lines[at] ?? '';
  if (!line.trimEnd().endsWith(':')) return line.trim();
  const next = lines.slice(at + 1).find((one) => !isBlank(one)) ?? '';
  return `${line.trim()} ${next.trim()}`.trim();
}

function keptOutput(lines: readonly string[]): readonly string[] {
  const start = lines.lastIndexOf(STDERR_HEADER);
  if (start < 0) return [];
  const behind = lines.slice(start + 1);
  const end = behind.findIndex((line) => !line.startsWith(STDERR_INDENT));
  return behind.slice(0, end < 0 ? undefined : end).map((line) => line.slice(STDERR_INDENT.length));
}

/** What programs say in words of their own: Node of an `Error`, which is followed by its version, and many a command. */
const PLAIN_ERROR = /^Error: \S/;

/** The last exception that a command printed, since launchers like srun add lines of their own; else its last line. */
function outputLine(lines: readonly string[]): string | undefined {
  const exception = lines.findLast((line) => EXCEPTION.test(line) || PLAIN_ERROR.test(line));
  return (exception ?? lines.findLast((line) => !isBlank(line)))?.trim();
}
