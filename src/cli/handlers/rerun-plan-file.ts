/** `rerun_fws --plan FILE`: plans, writes the plan, and changes nothing. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LpadError, messageOf } from '../../errors';
import type { RerunReport } from '../../launchpad/rerun/rerun-report';
import { toPlanText, type PlanFile } from '../../specs/plan-file';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { CommandContext } from '../program/define-command';
import type { Rerun } from './rerun-fws';

export async function writePlan(
  file: string,
  rerun: Rerun,
  store: LaunchPadStore,
  { io, commandLine, say }: CommandContext,
): Promise<RerunReport> {
  // A plan that is there already may be waiting to be applied: it is not overwritten.
  const handle = await open(resolve(io.cwd, file), 'wx').catch((error: unknown) => {
    throw new LpadError('BAD_PLAN', `cannot create ${file}: ${messageOf(error)}`, { cause: error });
  });
  try {
    const patches: PlanFile['patches'][number][] = [];
    const createdOn = io.now();
    const report = await rerun({ dryRun: true, onPatch: (patch) => patches.push(patch) });
    const plan = { database: store.description, createdOn, operation: 'rerun', commandLine, patches };
    await handle.writeFile(toPlanText(plan));
    say(`plan written; to commit it: lpad apply ${file}`);
    return report;
  } finally {
    await handle.close();
  }
}
