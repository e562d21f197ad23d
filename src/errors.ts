/**
 * What stops a command, as data: a code, the exit status that goes with it, what is wrong, and what to type next.
 * Expected failures of single Fireworks are values with a reason, not errors; a bug throws anything else.
 */

/** The exit statuses of every command (docs/errors.md). */
export const EXIT = {
  ok: 0,
  someFailed: 1,
  usage: 2,
  noDatabase: 3,
  notConfirmed: 4,
  planOutdated: 5,
  held: 6,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** Every code that an LpadError can carry, with its exit status and what it means. */
export const ERROR_CODES = {
  USAGE: { exit: EXIT.usage, meaning: 'the command line is wrong' },
  BAD_SELECTOR: { exit: EXIT.usage, meaning: 'a selector is missing, contradicts another or cannot be read' },
  BAD_QUERY: { exit: EXIT.usage, meaning: 'a query does not parse or uses what the store cannot do' },
  BAD_CONFIG: { exit: EXIT.usage, meaning: 'a configuration file is missing, unreadable or invalid' },
  BAD_WORKFLOW: {
    exit: EXIT.usage,
    meaning: 'a workflow file is missing, unreadable or invalid; nothing was added',
  },
  BAD_INPUTS: {
    exit: EXIT.usage,
    meaning: 'an input of a rerun is not known, or does not fit its schema; nothing was added',
  },
  BAD_PLAN: {
    exit: EXIT.usage,
    meaning: 'a plan file is missing, unreadable or invalid; nothing was written',
  },
  BAD_EXPORT: {
    exit: EXIT.usage,
    meaning: 'an export file is missing, unreadable or invalid; nothing was written',
  },
  BAD_JOB: {
    exit: EXIT.usage,
    meaning: 'a saved job is missing, unreadable, damaged or of a newer format; nothing was run',
  },
  BAD_POLICY: {
    exit: EXIT.usage,
    meaning: 'a recovery policy is missing, unreadable or invalid; nothing was done',
  },
  NO_DATABASE: { exit: EXIT.noDatabase, meaning: 'the database cannot be reached' },
  NOT_INITIALIZED: {
    exit: EXIT.noDatabase,
    meaning: 'the database has no id counters yet; run `lpad reset`',
  },
  DAMAGED_STORE: { exit: EXIT.noDatabase, meaning: 'the embedded database file is damaged' },
  NO_PERMISSION: {
    exit: EXIT.noDatabase,
    meaning: 'a file or folder of the database may not be read or written',
  },
  NOT_FOUND: { exit: EXIT.someFailed, meaning: 'something that was named does not exist' },
  LOCKED: { exit: EXIT.someFailed, meaning: 'a workflow stayed locked by another process' },
  CONFLICT: { exit: EXIT.someFailed, meaning: 'a document changed while it was being worked on' },
  ALREADY_THERE: {
    exit: EXIT.someFailed,
    meaning: 'what is to be imported is in the database already; nothing was written',
  },
  NO_FIRETASK: { exit: EXIT.someFailed, meaning: '`runContext()` was called where no Firetask runs' },
  FAILED: { exit: EXIT.someFailed, meaning: 'the operation failed' },
  NOT_CONFIRMED: { exit: EXIT.notConfirmed, meaning: 'a large change was not confirmed' },
  PLAN_OUTDATED: { exit: EXIT.planOutdated, meaning: "a plan's preconditions no longer hold" },
  INTERRUPTED: { exit: EXIT.interrupted, meaning: 'interrupted by a signal' },
} as const satisfies Record<string, { exit: ExitStatus; meaning: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** An expected failure that stops a command. `message` says what is wrong and where, `hint` what to type next. */
export class LpadError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LpadError';
    this.code = code;
    this.hint = options.hint;
  }

  get exitStatus(): ExitStatus {
    return ERROR_CODES[this.code].exit;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
