/** Whether the store tells what really happened: nothing lost, nothing twice, and the same core hours. */
import { coresOf } from '../../../src/domain/failures/cores';
import type { Firework } from '../../../src/domain/model';
import type { FireworkState } from '../../../src/domain/state';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { DAY_MS } from '../model/surroundings';
import type { LaunchLog, LoggedLaunch } from '../run/launch-log';

/** What is wrong, in words; nothing is well. `start`: when the simulation began. */
export async function findDisagreements(
  store: LaunchPadStore,
  log: LaunchLog,
  start: Date,
): Promise<readonly string[]> {
  return [
    ...(await compareLaunches(store, log)),
    ...(await compareHours(store, log)),
    ...(await findRepeatedReruns(store, start)),
    ...(await findLeftovers(store)),
  ];
}

async function compareLaunches(
  store: LaunchPadStore,
  { launches, completed }: LaunchLog,
): Promise<readonly string[]> {
  const byFirework = new Map<number, number[]>();
  for (const { fwId, launchId } of launches)
    byFirework.set(fwId, [...(byFirework.get(fwId) ?? []), launchId]);
  const wrong: string[] = [];
  for await (const firework of store.findFireworks({}, 'summary')) {
    const { fwId, state } = firework;
    const known = new Set(launchesOf(firework));
    const missing = (byFirework.get(fwId) ?? []).filter((one) => !known.has(one));
    if (missing.length > 0)
      wrong.push(`Firework ${String(fwId)} does not know its launches ${missing.join(', ')}`);
    if (completed.has(fwId) !== (state === 'COMPLETED'))
      wrong.push(
        `Firework ${String(fwId)} ${completed.has(fwId) ? 'completed' : 'did not complete'}, and is ${state}`,
      );
  }
  return wrong;
}

function launchesOf({ launches, archivedLaunches }: Firework): readonly number[] {
  return [...launches, ...archivedLaunches];
}

/** Of launches that failed, as `lpad failures` counts them. A lost one counts there until somebody noticed. */
async function compareHours(store: LaunchPadStore, { launches }: LaunchLog): Promise<readonly string[]> {
  const told = launches.filter(({ cause }) => cause !== undefined && cause !== 'lost');
  const logged = new Map(told.map((one): [number, LoggedLaunch] => [one.launchId, one]));
  const asked = new Map<number, unknown>();
  const ids = [...new Set(told.map(({ fwId }) => fwId))];
  if (ids.length === 0) return [];
  for await (const { fwId, spec } of store.findFireworks({ ids }, 'queue'))
    asked.set(fwId, spec['_queueadapter']);
  const wrong: string[] = [];
  for await (const { launchId, fwId, runtimeSecs, workerCores } of store.findFailedLaunches([
    ...logged.keys(),
  ])) {
    const one = logged.get(launchId);
    logged.delete(launchId);
    const hours = (coresOf(asked.get(fwId), workerCores) * (runtimeSecs ?? 0)) / 3600;
    const really = (one?.hours ?? 0) * (one?.cores ?? 0);
    if (Math.abs(hours - really) > 0.01)
      wrong.push(
        `launch ${String(launchId)} took ${really.toFixed(3)} core hours, and lpad says ${hours.toFixed(3)}`,
      );
  }
  for (const launchId of logged.keys())
    wrong.push(`launch ${String(launchId)} failed, and lpad does not say so`);
  return wrong;
}

const AFTER_RERUN: ReadonlySet<FireworkState> = new Set(['READY', 'WAITING']);

/** From the journal, which no crash takes away. */
async function findRepeatedReruns(store: LaunchPadStore, start: Date): Promise<readonly string[]> {
  const reruns = new Map<string, number>();
  for await (const { operation, createdOn, patches } of store.findJournalEntries({ status: 'done' })) {
    if (operation !== 'recover') continue;
    const night = 1 + Math.floor((createdOn.getTime() - start.getTime()) / DAY_MS);
    for (const { collection, id, fields } of patches.flatMap(({ changes }) => changes)) {
      const state = fields.find(({ path }) => path[0] === 'state');
      const isRerun = state?.before === 'FIZZLED' && AFTER_RERUN.has(state.after as FireworkState);
      if (collection !== 'fireworks' || !isRerun) continue;
      const key = `Firework ${String(id)} was rerun in night ${String(night)}`;
      reruns.set(key, (reruns.get(key) ?? 0) + 1);
    }
  }
  return [...reruns].filter(([, count]) => count > 1).map(([key, count]) => `${key} ${String(count)} times`);
}

async function findLeftovers(store: LaunchPadStore): Promise<readonly string[]> {
  const left = (await store.findLockHolders()).map(
    ({ workflowKey }) => `workflow ${workflowKey} is still locked`,
  );
  for await (const { id } of store.findJournalEntries({ status: 'applying' }))
    left.push(`the journal's entry ${id} is still being applied`);
  return left;
}
