/** Reads a workflow as it was run. */
import { ActionError } from '../../domain/actions/fw-action';
import type { RecordedRun } from '../../domain/as-new/recorded-run';
import type { LaunchRecord } from '../../domain/launch-record';
import type { Launch } from '../../domain/model';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { gridIdOf, wholeActionOf } from '../launches/launch-action';
import { runIdsOf } from '../launches/run-ids';
import { loadWholeWorkflow } from '../show/load-whole-workflow';

/** The run of the workflow with this Firework; throws NOT_FOUND. */
export async function loadRecorded(store: LaunchPadStore, fwId: number): Promise<RecordedRun> {
  const { workflow, fireworks, launches } = await loadWholeWorkflow(store, fwId);
  const records = new Map<number, LaunchRecord[]>();
  for await (const record of recordsOf(store, [...launches.keys()])) {
    const known = records.get(record.fwId);
    if (known) known.push(record);
    else records.set(record.fwId, [record]);
  }
  return {
    workflow,
    rootId: (await runIdsOf(store, workflow)).rootId,
    fireworks: new Map(fireworks.map((one) => [one.fwId, one])),
    launches: await withWholeActions(store, launches),
    records,
  };
}

async function* recordsOf(store: LaunchPadStore, ids: readonly number[]): AsyncIterable<LaunchRecord> {
  if (ids.length > 0) yield* store.findLaunchRecords(ids);
}

async function withWholeActions(
  store: LaunchPadStore,
  launches: ReadonlyMap<number, Launch>,
): Promise<ReadonlyMap<number, Launch>> {
  const whole = new Map(launches);
  for (const [launchId, launch] of launches) {
    if (gridIdOf(launch.action) === undefined) continue;
    try {
      whole.set(launchId, { ...launch, action: await wholeActionOf(store, launch) });
    } catch (error) {
      // Its file is gone: what it did to others is not known any more.
      if (!(error instanceof ActionError)) throw error;
    }
  }
  return whole;
}
