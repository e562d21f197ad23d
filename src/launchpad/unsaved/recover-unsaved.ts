/**
 * Brings home a result that a rocket could not save (FW_action_unsaved.json). Only while its launch waits for one: it is
 * RUNNING still, or lost-run detection made it FIZZLED, which leaves no action, and nobody has built on that since.
 */
import type { FWAction } from '../../domain/actions/fw-action';
import { launchIn } from '../../domain/launch';
import type { Firework, Launch } from '../../domain/model';
import { isHeld, type LaunchState } from '../../domain/state';
import { childrenOf } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { endLaunch } from '../launches/complete-launch';

export interface UnsavedResult {
  readonly fwId: number;
  readonly launchId: number;
  readonly state: 'COMPLETED' | 'FIZZLED';
  readonly action: FWAction;
  readonly endedOn: Date;
}

export interface UnsavedRequest {
  readonly result: UnsavedResult;
  /** Whether the launch ran in the folder where the file lies. */
  readonly ranHere: (launchDir: string) => Promise<boolean>;
  readonly dryRun: boolean;
  readonly now: () => Date;
  readonly lockWaitMs?: number;
}

export interface UnsavedOutcome {
  /** `over`: it has a result already. */
  readonly outcome: 'recovered' | 'over' | 'refused' | 'failed';
  /** Why not; or what is left to do although it was. */
  readonly reason?: string;
}

/** Throws ActionError, with nothing written, when the action cannot be applied. */
export async function recoverUnsaved(
  store: LaunchPadStore,
  request: UnsavedRequest,
): Promise<UnsavedOutcome> {
  const { result, ranHere, dryRun, now, lockWaitMs } = request;
  const { fwId, launchId, state, action, endedOn } = result;
  const launch = await findLaunch(store, launchId);
  if (launch?.fwId !== fwId)
    return refused(`Firework ${String(fwId)} has no launch ${String(launchId)} here`);
  if (!(await ranHere(launch.launchDir)))
    return refused(
      `launch ${String(launchId)} ran in ${launch.launchDir}: the file is another's, or was moved`,
    );
  if (hasResult(launch))
    return { outcome: 'over', reason: `launch ${String(launchId)} is ${launch.state} already` };
  const reason = launch.state === 'FIZZLED' ? await whyTooLate(store, launch) : undefined;
  if (reason !== undefined) return refused(reason);
  if (dryRun) return { outcome: 'recovered' };
  const ended = { ...launchIn(launch, state, endedOn), action: { ...action } };
  const wait = lockWaitMs === undefined ? {} : { lockWaitMs };
  const outcome = await endLaunch(store, ended, [launch.state], { now, ...wait });
  if (outcome.kind === 'superseded')
    return { outcome: 'over', reason: `launch ${String(launchId)} has ended in the meantime` };
  const [unrefreshed] = outcome.unrefreshed;
  if (unrefreshed !== undefined)
    return { outcome: 'recovered', reason: `${unrefreshed} (lpad admin refresh -i ${String(fwId)})` };
  if (!outcome.archived) return { outcome: 'recovered' };
  return {
    outcome: 'recovered',
    reason: 'the Firework was rerun meanwhile; the result is kept with the old launch',
  };
}

function refused(reason: string): UnsavedOutcome {
  return { outcome: 'refused', reason };
}

async function findLaunch(store: LaunchPadStore, launchId: number): Promise<Launch | undefined> {
  for await (const launch of store.findLaunches([launchId], 'all')) return launch;
  return undefined;
}

const WAITING_FOR_RESULT: ReadonlySet<LaunchState> = new Set(['RUNNING', 'FIZZLED']);

/** Who fails leaves an action that says how; who is lost leaves none. */
function hasResult({ state, action }: Launch): boolean {
  return !WAITING_FOR_RESULT.has(state) || (state === 'FIZZLED' && action !== null);
}

/** Of a launch that was lost: what has been done since as if there were no result. */
async function whyTooLate(store: LaunchPadStore, { fwId, launchId }: Launch): Promise<string | undefined> {
  const name = `Firework ${String(fwId)}`;
  const [firework] = await readFireworks(store, [fwId]);
  if (!firework?.launches.includes(launchId))
    return `${name} was rerun since its run was lost (lpad undo takes a rerun back)`;
  if (firework.state !== 'FIZZLED')
    return `${name} is ${firework.state}, and not FIZZLED, since its run was lost`;
  for await (const { links } of store.findWorkflows({ members: [fwId] })) {
    const children = await readFireworks(store, childrenOf(links, fwId));
    const begun = children.find(({ state }) => state !== 'WAITING' && !isHeld(state));
    if (begun)
      return `Firework ${String(begun.fwId)} below it is ${begun.state}: it went on without the result`;
    return undefined;
  }
  return `${name} is in no workflow`;
}

async function readFireworks(store: LaunchPadStore, ids: readonly number[]): Promise<readonly Firework[]> {
  const found: Firework[] = [];
  if (ids.length === 0) return found;
  for await (const one of store.findFireworks({ ids }, 'summary')) found.push(one);
  return found;
}
