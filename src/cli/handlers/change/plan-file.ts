/** `--plan FILE`: plans, writes the plan, and changes nothing. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LpadError, messageOf } from '../../../errors';
import { toPlanText, type PlanFile } from '../../../specs/plan-file';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { CommandContext } from '../../program/define-command';

export type PlannedPatch = PlanFile['patches'][number];

export interface PlanToWrite<Report> {
  readonly file: string;
  /** What lpad apply notes in the journal. */
  readonly operation: string;
  readonly preview: (onPatch: (patch: PlannedPatch) => void) => Promise<Report>;
}

export async function writePlan<Report>(
  { file, operation, preview }: PlanToWrite<Report>,
  store: LaunchPadStore,
  { io, commandLine, say }: CommandContext,
): Promise<Report> {
  // A plan that is there already may be waiting to be applied: it is not overwritten.
  const handle = await open(resolve(io.cwd, file), 'wx').catch((error: unknown) => {
    throw new LpadError('BAD_PLAN', `cannot create ${file}: ${messageOf(error)}`, { cause: error });
  });
  try {
    const patches: PlannedPatch[] = [];
    const createdOn = io.now();
    const report = await preview((patch) => patches.push(patch));
    const plan = { database: store.description, createdOn, operation, commandLine, patches };
    await handle.writeFile(toPlanText(plan));
    say(`plan written; to commit it: lpad apply ${file}`);
    return report;
  } finally {
    await handle.close();
  }
}
