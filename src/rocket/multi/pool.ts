/** A pool of processes that run rockets. One that dies ends no other; signals reach all of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RocketLog } from '../define-firetask';
import { endGroups } from '../process-groups';
import type { Share } from './node-lists';
import { isPoolMessage, PROCESS_VARIABLES, type RunningNow } from './process-link';

export interface PoolOptions {
  readonly shares: readonly Share[];
  /** What each process runs; `timeoutSecs` is what is left of the time. */
  readonly command: (timeoutSecs: number | undefined) => readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly logger: RocketLog;
  readonly signal: AbortSignal;
  /** Called at the second signal. */
  readonly onHurry: (pass: () => void) => () => void;
  /** A process that finds no work looks again so much later, while another runs something that may release some. */
  readonly lookAgain: { readonly sleepSecs: number; readonly timeoutSecs: number | undefined } | undefined;
  /** What a process was running when it died. */
  readonly onDeath: (name: string, how: string, running: RunningNow) => Promise<void>;
}

export interface PoolOutcome {
  /** Processes that ended otherwise than they should. */
  readonly died: number;
}

/** FireWorks' pause between two starts: not all of them should ask for work at the same moment. */
const START_MS = 150;
/** With so little of the time left nothing is begun, as in FireWorks. */
const LEAST_SHARE = 0.03;

interface Member {
  readonly name: string;
  readonly share: Share;
  child: ChildProcess | undefined;
  running: RunningNow | undefined;
  /** Of the programs that it has begun. */
  groups: readonly number[];
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export async function runPool(options: PoolOptions): Promise<PoolOutcome> {
  const members = options.shares.map((share, index): Member => {
    return { name: `Process-${String(index + 1)}`, share, child: undefined, running: undefined, groups: [] };
  });
  // They are no members of our process group, so that a signal of a terminal reaches them once, through us.
  const pass = (name: NodeJS.Signals): void => {
    for (const { child } of members) child?.kill(name);
  };
  const interrupt = (): void => pass(options.signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
  const killAll = (): void => pass('SIGTERM');
  options.signal.addEventListener('abort', interrupt, { once: true });
  const release = options.onHurry(() => pass('SIGINT'));
  process.once('exit', killAll);
  try {
    const working: Promise<boolean>[] = [];
    for (const [index, member] of members.entries()) {
      if (index > 0) await sleep(START_MS, undefined, { signal: options.signal }).catch(() => undefined);
      working.push(work(member, members, options));
    }
    const ends = await Promise.all(working);
    return { died: ends.filter((isWell) => !isWell).length };
  } finally {
    process.removeListener('exit', killAll);
    release();
    options.signal.removeEventListener('abort', interrupt);
  }
}

/** One member, again and again while others may release work; true when it ended well. */
async function work(member: Member, members: readonly Member[], options: PoolOptions): Promise<boolean> {
  const { signal, logger, lookAgain, onDeath } = options;
  const started = performance.now();
  const isStopped = (): boolean => signal.aborted;
  for (;;) {
    const left = timeLeft(lookAgain?.timeoutSecs, started);
    if (isStopped() || left === 'none') return true;
    const { code, signal: by } = await runOnce(member, left, options);
    const { running, groups } = member;
    member.running = undefined;
    member.groups = [];
    const isOver = isStopped() && code === 130;
    if (!isOver && code !== 0) {
      const how = by === null ? `ended with status ${String(code)}` : `was ended by ${by}`;
      logger.error(`${member.name} ${how}`);
      // What becomes FIZZLED must not go on: somebody will run it again.
      const ended = await endGroups(groups);
      if (ended.length > 0) logger.error(`${member.name}: what its Firetask was running was ended, too`);
      if (running) await onDeath(member.name, how, running);
      return false;
    }
    if (!lookAgain || isOver || !members.some((other) => other.running)) return true;
    logger.info(
      `Sleeping for ${String(lookAgain.sleepSecs)} secs before resubmit sub job : (${member.name})`,
    );
    await sleep(lookAgain.sleepSecs * 1000, undefined, { signal }).catch(() => undefined);
    if (!isStopped()) logger.info(`Resubmit sub job : (${member.name})`);
  }
}

function timeLeft(timeoutSecs: number | undefined, started: number): number | undefined | 'none' {
  if (timeoutSecs === undefined) return undefined;
  const left = timeoutSecs - (performance.now() - started) / 1000;
  return left < LEAST_SHARE * timeoutSecs ? 'none' : Math.ceil(left);
}

function runOnce(
  member: Member,
  timeoutSecs: number | undefined,
  { command, env, cwd }: PoolOptions,
): Promise<Ending> {
  const { nodes, processors } = member.share;
  const own = {
    [PROCESS_VARIABLES.name]: member.name,
    [PROCESS_VARIABLES.processors]: String(processors),
    ...(nodes ? { [PROCESS_VARIABLES.nodes]: nodes.join(',') } : {}),
  };
  const child = spawn(process.execPath, command(timeoutSecs), {
    cwd,
    env: { ...env, ...own },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  });
  member.child = child;
  child.on('message', (message) => {
    if (!isPoolMessage(message)) return;
    if ('groups' in message) member.groups = message.groups;
    else member.running = message.running ?? undefined;
  });
  return new Promise((resolve) => {
    const end = (ending: Ending): void => {
      member.child = undefined;
      resolve(ending);
    };
    child.once('error', () => end({ code: 1, signal: null }));
    child.once('exit', (code, signal) => end({ code, signal }));
  });
}
