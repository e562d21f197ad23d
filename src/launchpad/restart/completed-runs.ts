/** Of Fireworks that are COMPLETED, the last launch that completed, with the parameters it ran with. */
import type { LaunchRecord } from '../../domain/launch-record';
import type { Firework, Launch, ValueObject } from '../../domain/model';
import type { CompletedRun } from '../../domain/restart/needed';
import { parametersOf } from '../../domain/restart/parameters';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';

/** Without those whose launches are missing; the specs of the Fireworks are not looked at. */
export async function completedRuns(
  store: LaunchPadStore,
  fireworks: readonly Firework[],
): Promise<readonly CompletedRun[]> {
  const completed = fireworks.filter(({ state }) => state === 'COMPLETED');
  const ids = completed.flatMap(({ launches }) => launches);
  const launches = await launchesById(store, ids, 'brief');
  const last = completed.flatMap((firework) => {
    const launch = lastCompleted(firework, launches);
    return launch ? [{ firework, launch }] : [];
  });
  const records = new Map<number, LaunchRecord>();
  const asked = last.map(({ launch }) => launch.launchId);
  if (asked.length > 0)
    for await (const one of store.findLaunchRecords(asked)) records.set(one.launchId, one);
  const unrecorded = last.filter(({ launch }) => !records.has(launch.launchId));
  const specs = await presentSpecs(
    store,
    unrecorded.map(({ firework }) => firework.fwId),
  );
  return last.map(({ firework: { fwId, name }, launch: { launchId, timeStart } }) => {
    const record = records.get(launchId);
    const parameters = parametersOf(record?.spec ?? specs.get(fwId) ?? {});
    return { fwId, name, launchId, startedOn: timeStart, parameters, recorded: record !== undefined };
  });
}

function lastCompleted(
  { launches: ids }: Firework,
  launches: ReadonlyMap<number, Launch>,
): Launch | undefined {
  const completed = ids.flatMap((id) => launches.get(id) ?? []).filter(({ state }) => state === 'COMPLETED');
  return completed.sort((one, other) => other.launchId - one.launchId)[0];
}

/** FireWorks keeps the spec of today alone. */
async function presentSpecs(
  store: LaunchPadStore,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ValueObject>> {
  const specs = new Map<number, ValueObject>();
  if (ids.length === 0) return specs;
  for await (const { fwId, spec } of store.findFireworks({ ids }, 'all')) specs.set(fwId, spec);
  return specs;
}
