/** `lpad rerun_wflows`: new runs of recorded Workflows, whole or from one Firework on. */
import type { NewWorkflow } from '../../../domain/model';
import { LpadError, type ExitStatus } from '../../../errors';
import type { RunWay } from '../../../launchpad/as-new/start-runs';
import { findWorkflowTargets } from '../../../launchpad/change/find-workflow-targets';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { RerunWflowsArgs } from '../../commands/rerun/rerun-wflows';
import { toNewRunWishes } from '../../options/new-run-wishes';
import { parseIds } from '../../../specs/typed/parse-ids';
import type { CommandContext } from '../../program/define-command';
import { readOneWorkflow } from '../read-one-workflow';
import { startAndFollow } from './start-and-follow';

export async function run(args: RerunWflowsArgs, context: CommandContext): Promise<ExitStatus> {
  const ids = parseIds(idWords(args));
  const wishes = toNewRunWishes(args, args.name);
  const { definition: file } = args;
  const definition = file === undefined ? undefined : await readDefinition(file, context);
  const store = await context.openStore();
  const ways = await waysOf(store, ids, args);
  return startAndFollow(
    args,
    { ways, wishes: definition ? { ...wishes, definition } : wishes, what: 'Workflows' },
    store,
    context,
  );
}

function idWords({ fwId, asNew, rerunFrom }: RerunWflowsArgs): readonly string[] {
  if (!asNew && rerunFrom === undefined) {
    throw new LpadError('USAGE', 'how? rerun_wflows needs --as-new or --rerun-from FW_ID', {
      hint: 'lpad rerun_wflows -i 7 --as-new; in place, and everything below: lpad rerun_fws -i 7',
    });
  }
  if (fwId.length > 0) return fwId;
  if (rerunFrom !== undefined) return [String(rerunFrom)];
  throw new LpadError('BAD_SELECTOR', 'nothing is selected: say which Workflow by -i with one of its ids', {
    hint: 'lpad rerun_wflows -i 7 --as-new',
  });
}

function readDefinition(file: string, context: CommandContext): Promise<NewWorkflow> {
  return readOneWorkflow(file, '--definition', {}, context);
}

/** One for each Workflow, by whichever of its members it was named. */
async function waysOf(
  store: LaunchPadStore,
  ids: readonly number[],
  { rerunFrom }: RerunWflowsArgs,
): Promise<readonly RunWay[]> {
  const { found, unknown } = await findWorkflowTargets(store, { members: ids });
  if (rerunFrom !== undefined) {
    if (found.length > 1)
      throw new LpadError(
        'USAGE',
        '--rerun-from names a Firework of one Workflow: give its id alone with -i',
      );
    const [target] = found;
    const [inIt] = target ? await store.findMemberships([rerunFrom]) : [];
    if (target && inIt?.workflowKey !== target.key)
      throw new LpadError('NOT_FOUND', `Firework ${rerunFrom} is not in the Workflow of ${ids.join(', ')}`);
  }
  const kind = rerunFrom === undefined ? 'whole' : 'from';
  return [...found.map(({ fwId }) => fwId), ...unknown].map((fwId) => ({
    fwId,
    way: kind === 'whole' ? { kind } : { kind, fwId: rerunFrom ?? fwId },
  }));
}
