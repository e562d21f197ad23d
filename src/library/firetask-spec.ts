/** Firetasks as they stand in the spec of a Firework: a name and parameters. */
import type { ValueObject } from '../domain/model';

/** Any Firetask by its name, one of your own or one that Python's rocket runs. */
export class FiretaskSpec {
  readonly name: string;
  readonly parameters: ValueObject;

  constructor(name: string, parameters: ValueObject = {}) {
    this.name = name;
    this.parameters = parameters;
  }

  toDict(): ValueObject {
    return { ...this.parameters, _fw_name: this.name };
  }
}

/** docs/firetasks.md says what each does. */
export interface ScriptTaskParameters {
  readonly script: string | readonly string[];
  readonly use_shell?: boolean;
  readonly shell_exe?: string;
  readonly stdin_file?: string;
  readonly stdin_key?: string;
  readonly stdout_file?: string;
  readonly stderr_file?: string;
  readonly store_stdout?: boolean;
  readonly store_stderr?: boolean;
  readonly fizzle_bad_rc?: boolean;
  readonly defuse_bad_rc?: boolean;
}

/** Runs commands, one after the other until one fails. */
export class ScriptTask extends FiretaskSpec {
  constructor(parameters: ScriptTaskParameters) {
    super('ScriptTask', { ...parameters });
  }

  /** FireWorks' `ScriptTask.from_str`. */
  static fromString(script: string, parameters: Omit<ScriptTaskParameters, 'script'> = {}): ScriptTask {
    return new ScriptTask({ ...parameters, script });
  }
}
