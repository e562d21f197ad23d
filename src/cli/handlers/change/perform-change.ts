/** What every command does that plans a change: look first, write a plan, or ask where there is much to lose, and do it. */
import { createRunContext, type RunContext } from '../../../launchpad/run-context';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import { confirmChange } from '../../confirm';
import type { SafetyArgs } from '../../options/option-groups';
import { createProgress } from '../../output/progress';
import type { CommandContext } from '../../program/define-command';
import { writePlan, type PlannedPatch } from './plan-file';

/** How a change is made: what every use case of the kind takes. */
export interface Mode {
  readonly dryRun: boolean;
  readonly onPatch?: (patch: PlannedPatch) => void;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

export interface PlannedChange<Report> {
  /** For the journal. */
  readonly operation: string;
  /** How many were selected: what confirmation and progress count. */
  readonly count: number;
  /** `Fireworks` or `Workflows`. */
  readonly what: string;
  /** Goes on from "This will", without a look at what would come of it. */
  readonly describe: string;
  /** The same from a preview: who is asked sees what it is about. */
  readonly describePreview: (preview: Report) => string;
  readonly make: (mode: Mode, run: RunContext) => Promise<Report>;
}

export async function performChange<Report>(
  args: SafetyArgs,
  change: PlannedChange<Report>,
  store: LaunchPadStore,
  context: CommandContext,
): Promise<Report> {
  const { plan: file, dryRun, maxUnasked, yes, password } = args;
  const { io } = context;
  const { operation, count } = change;
  const preview = (onPatch?: Mode['onPatch']): Promise<Report> => make(change, context, true, onPatch);
  if (file !== undefined) return writePlan({ file, operation, preview }, store, context);
  if (dryRun) return preview();
  const willAsk = count > maxUnasked && !yes && password === undefined && io.stdinIsTTY && io.stderrIsTTY;
  const describe = willAsk ? change.describePreview(await preview()) : change.describe;
  await confirmChange({ count, maxUnasked, yes, password, io, describe });
  return make(change, context, false);
}

async function make<Report>(
  change: PlannedChange<Report>,
  { io, commandLine }: CommandContext,
  dryRun: boolean,
  onPatch?: Mode['onPatch'],
): Promise<Report> {
  const progress = createProgress({ io, total: change.count, what: change.what });
  let shown = 0;
  const onProgress = (done: number): void => {
    progress.advance(done - shown);
    shown = done;
  };
  const run = createRunContext({ operation: change.operation, commandLine, now: () => io.now() });
  try {
    const mode = { dryRun, signal: io.signal, onProgress, ...(onPatch ? { onPatch } : {}) };
    return await change.make(mode, run);
  } finally {
    progress.finish();
  }
}
