/** What rerun_fws and its relatives say about how a Firework is rerun. */
import type { RecoveryMode, RerunOptions, TaskLevelOptions } from '../../launchpad/rerun/rerun-fireworks';
import type { ArgsOf, OptionSpecs } from './option-spec';

const RECOVERY = 'Task-level recovery';
const WHAT = 'What is rerun';

/** Where a rerun begins. */
export const RECOVERY_OPTIONS = {
  'task-level': {
    type: 'boolean',
    group: RECOVERY,
    conflicts: ['clear-recovery'],
    describe: 'resume at the Firetask that failed',
  },
  'copy-data': {
    type: 'boolean',
    multiShort: 'cp',
    group: RECOVERY,
    conflicts: ['previous-dir'],
    needs: ['task-level'],
    describe: 'the new launch begins with a copy of the old launch directory',
  },
  'previous-dir': {
    type: 'boolean',
    multiShort: 'pd',
    group: RECOVERY,
    needs: ['task-level'],
    describe: 'the new launch runs in the old launch directory',
  },
  'clear-recovery': {
    type: 'boolean',
    group: RECOVERY,
    describe: 'forget an earlier task-level recovery: start from the first Firetask',
  },
} as const satisfies OptionSpecs;

export const RERUN_OPTIONS = {
  'include-running': {
    type: 'boolean',
    group: WHAT,
    describe: 'also what is RUNNING or RESERVED; no process is stopped',
  },
  'reset-held': {
    type: 'boolean',
    group: WHAT,
    describe: 'descendants that are PAUSED, DEFUSED or ARCHIVED become WAITING as well',
  },
  'use-cache': {
    type: 'boolean',
    group: WHAT,
    describe: 'what is rerun or reset and has _cache may take its result from the cache',
  },
  'no-duplicates': {
    type: 'boolean',
    group: WHAT,
    describe: 'leave Fireworks alone that share a launch with a target',
  },
} as const satisfies OptionSpecs;

/** Ours, as Guild AI has them. */
export const RESTART_OPTIONS = {
  needed: {
    type: 'boolean',
    group: WHAT,
    describe: 'not what has completed with the same values: keys of the spec without _',
  },
  'force-sourcecode': {
    type: 'boolean',
    group: WHAT,
    describe: "with today's source code (_sourcecode), and not the one of the first launch",
  },
} as const satisfies OptionSpecs;

type RerunArgs = ArgsOf<typeof RECOVERY_OPTIONS & Omit<typeof RERUN_OPTIONS, 'use-cache'>>;

interface CacheArgs {
  readonly useCache?: boolean;
}

/** `launchIds` are launches that the user named to resume from, by Firework. */
export function toRerunOptions(
  args: Omit<RerunArgs, 'noDuplicates'> & CacheArgs,
  launchIds: ReadonlyMap<number, number>,
): RerunOptions {
  const mode: RecoveryMode = args.copyData ? 'cp' : args.previousDir ? 'prev_dir' : null;
  const taskLevel: TaskLevelOptions | undefined = args.taskLevel ? { mode, launchIds } : undefined;
  return {
    includeRunning: args.includeRunning,
    resetHeld: args.resetHeld,
    clearRecovery: args.clearRecovery,
    ...(args.useCache ? { useCache: true } : {}),
    ...(taskLevel ? { taskLevel } : {}),
  };
}
