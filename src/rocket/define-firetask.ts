/** What a Firetask is, for those who write one: a name, its parameters as a JSON Schema, and what it does. */
import type { FWActionParts } from '../domain/actions/fw-action';
import type { LaunchWorker, ValueObject } from '../domain/model';

/** Where a rocket says what it does. */
export interface RocketLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Where the output of a Firetask's programs goes. */
export interface TaskOutput {
  /** A file descriptor: programs write to it themselves. */
  readonly stdout: number;
  writeStderr(chunk: Uint8Array): void;
}

/** What a Firetask gets. Everything is plain JavaScript: of numbers, only the value is seen. */
export interface FiretaskContext {
  /** The Firetask's own object in the spec, without `_fw_name`. */
  readonly parameters: ValueObject;
  /** The spec of the Firework, with what earlier Firetasks changed and with `_fw_env`. */
  readonly spec: ValueObject;
  /** The same two with numbers as they are stored (see Value), for what goes back into a spec as it came: 1.0 is not 1. */
  readonly typed: { readonly parameters: ValueObject; readonly spec: ValueObject };
  /** Absolute. The process does not change into it: relative paths are to be resolved against it. */
  readonly launchDir: string;
  readonly fwId: number;
  readonly launchId: number;
  /** The worker's `env`. */
  readonly env: ValueObject;
  /** The worker; its query is JSON text. */
  readonly worker: Pick<LaunchWorker, 'name' | 'category' | 'query'>;
  /** What the earlier Firetasks of this launch, or of the one that it recovers, have stored. */
  readonly storedData: ValueObject;
  readonly logger: RocketLog;
  readonly output: TaskOutput;
  /** Aborted when the rocket must stop; its reason is the name of the signal. A Firetask that ignores it is abandoned. */
  readonly signal: AbortSignal;
}

/** An action or nothing, now or later. */
export type FiretaskResult = FWActionParts | undefined | Promise<FWActionParts | undefined> | Promise<void>;

export interface Firetask {
  readonly name: string;
  /** Other names that stand in old specs. */
  readonly aliases?: readonly string[];
  /** A JSON Schema of an object; without it any parameters will do. */
  readonly parameters?: ValueObject;
  /** Returns an action, or nothing; throws to make the Firework FIZZLED. */
  readonly run: (context: FiretaskContext) => FiretaskResult;
}

export function defineFiretask(firetask: Firetask): Firetask {
  return firetask;
}

/** A failure that a Firetask expects: named as in Python, with what its command had to say. */
export class FiretaskError extends Error {
  /** What was going on, line by line, instead of the JavaScript stack. */
  readonly notes: readonly string[];
  /** Stored as `_exception._details`. */
  readonly details: ValueObject | undefined;
  /** Stored instead of one that is made of the name, the notes and the message: a traceback of Python's, say. */
  readonly stackTrace: string | undefined;

  constructor(
    name: string,
    message: string,
    options: {
      readonly notes?: readonly string[];
      readonly details?: ValueObject | undefined;
      readonly stackTrace?: string | undefined;
    } = {},
  ) {
    super(message);
    this.name = name;
    this.notes = options.notes ?? [];
    this.details = options.details;
    this.stackTrace = options.stackTrace;
  }
}
