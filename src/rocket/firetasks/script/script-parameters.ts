/** The parameters of a ScriptTask, as FireWorks reads them. */
import type { Value, ValueObject } from '../../../domain/model';
import { isTruthy } from '../../../domain/workflow-draft';
import { toJsonLine } from '../../../specs/printing/print-json';
import { FiretaskError } from '../../define-firetask';

export interface Script {
  readonly commands: readonly string[];
  readonly useShell: boolean;
  readonly shellExe: string | undefined;
  readonly stdinFile: string | undefined;
  /** What stands in the spec at `stdin_key`: every command gets it. */
  readonly stdinText: string | undefined;
  readonly stdoutFile: string | undefined;
  readonly stderrFile: string | undefined;
  readonly storeStdout: boolean;
  readonly storeStderr: boolean;
  readonly badReturnCode: 'fizzle' | 'defuse' | 'ignore';
}

/** With `use_global_spec` all parameters stand in the spec. */
export function readScript(own: ValueObject, spec: ValueObject): Script {
  const parameters = isTruthy(own['use_global_spec']) ? spec : own;
  const text = (key: string): string | undefined => textOf(parameters[key]);
  const flag = (key: string): boolean => isTruthy(parameters[key]);
  const stdinKey = text('stdin_key');
  const stdinFile = text('stdin_file');
  if (stdinFile !== undefined && stdinKey !== undefined) {
    throw new FiretaskError(
      'ValueError',
      'ScriptTask cannot process both a key and file as the standard in!',
    );
  }
  return {
    commands: commandsOf(parameters['script']),
    useShell: parameters['use_shell'] === undefined || flag('use_shell'),
    shellExe: text('shell_exe'),
    stdinFile,
    stdinText: stdinKey === undefined ? undefined : inputOf(spec, stdinKey),
    stdoutFile: text('stdout_file'),
    stderrFile: text('stderr_file'),
    storeStdout: flag('store_stdout'),
    storeStderr: flag('store_stderr'),
    badReturnCode: badReturnCode(parameters['fizzle_bad_rc'], flag('defuse_bad_rc')),
  };
}

function commandsOf(script: Value): readonly string[] {
  const commands: readonly Value[] = Array.isArray(script) ? script : [script];
  if (commands.every((command) => typeof command === 'string')) return commands;
  throw new FiretaskError('RuntimeError', 'Required parameter script not specified!');
}

function badReturnCode(fizzle: Value, defuse: boolean): Script['badReturnCode'] {
  const fizzles = fizzle === undefined ? !defuse : isTruthy(fizzle);
  if (fizzles && defuse) {
    throw new FiretaskError('ValueError', 'ScriptTask cannot both FIZZLE and DEFUSE a bad returncode!');
  }
  if (fizzles) return 'fizzle';
  return defuse ? 'defuse' : 'ignore';
}

function inputOf(spec: ValueObject, key: string): string {
  if (!Object.hasOwn(spec, key))
    throw new FiretaskError('KeyError', `'${key}' (stdin_key) is not in the spec`);
  const value = spec[key];
  return typeof value === 'string' ? value : toJsonLine(value);
}

function textOf(value: Value): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
