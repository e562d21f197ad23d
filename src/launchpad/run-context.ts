/** Who runs a command, and when: what the journal and the locks note of it. */
import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { ValueObject } from '../domain/model';
import type { WorkflowPatch } from '../domain/patch';
import { isAbandoned, resumeOwner } from './locks/abandoned-owners';
import type { JournalEntry, LockOwner } from '../storage/launchpad-store';

export interface RunContext {
  /** Identifies the command in the journal; sorts by time. */
  readonly run: string;
  readonly operation: string;
  readonly commandLine: readonly string[];
  readonly user: string;
  readonly host: string;
  readonly now: () => Date;
}

/** How long a lock of a process that died stands in the way, at most. */
export const LOCK_EXPIRY_MS = 5 * 60 * 1000;

/**
 * Whether whoever took a lock is gone: of a process known at once on this host, elsewhere when the lock has expired; of what
 * this process has given up, too.
 */
export function isOwnerDead({ name, expiresAt }: LockOwner, now: Date): boolean {
  if (expiresAt < now.getTime() || isAbandoned(name)) return true;
  const [host, pid] = name.split(':');
  return host === hostname() && pid !== undefined && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

export interface RunFacts {
  readonly operation: string;
  readonly commandLine: readonly string[];
  readonly now?: () => Date;
}

export function createRunContext({ operation, commandLine, now = () => new Date() }: RunFacts): RunContext {
  // Commands follow each other within a second, and undo must know which was the last.
  const [, day = '', time = '', millis = ''] =
    /^(.*)T(.*)\.(.*)Z$/.exec(now().toISOString().replace(/[-:]/g, '')) ?? [];
  const run = `${day}T${time}-${millis}${randomBytes(3).toString('hex')}`;
  return { run, operation, commandLine, user: userName(), host: hostname(), now };
}

let knownUser: string | undefined;

/** There are processes without a user entry, in containers for example. Looked up once: a rocket asks at every launch. */
function userName(): string {
  knownUser ??= lookUpUser();
  return knownUser;
}

function lookUpUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? 'unknown';
  }
}

function lockName({ host, run }: RunContext): string {
  return `${host}:${String(process.pid)}:${run}`;
}

export function createLockOwner(context: RunContext): LockOwner {
  const { now } = context;
  const name = lockName(context);
  resumeOwner(name);
  return { name, expiresAt: now().getTime() + LOCK_EXPIRY_MS };
}

export function createJournalEntry(
  context: RunContext,
  batch: number,
  patches: readonly WorkflowPatch[],
  details: ValueObject,
): JournalEntry {
  const { run, operation, commandLine, user, host, now } = context;
  const owner = lockName(context);
  const id = `${run}.${String(batch).padStart(5, '0')}`;
  return {
    id,
    run,
    owner,
    createdOn: now(),
    user,
    host,
    commandLine,
    operation,
    details,
    patches,
    status: 'applying',
  };
}
