/** A planned run as documents: with ids of the database, and the large actions of the launches that come along. */
import { randomBytes } from 'node:crypto';
import {
  newRunPatch,
  numbered,
  withNewIds,
  type NewIds,
  type RunDocuments,
} from '../../domain/as-new/run-patch';
import type { Launch } from '../../domain/model';
import { insertion, withMemberChanges, type DocumentChange, type WorkflowPatch } from '../../domain/patch';
import { toJsonLine } from '../../specs/printing/print-json';
import { DOCUMENT_LIMIT, storedBytes, storedSeconds } from '../../specs/stored-values';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { gridIdOf } from '../launches/launch-action';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';

export interface RunPatch {
  readonly patch: WorkflowPatch;
  readonly ids: NewIds;
}

export type Inserted =
  | { readonly kind: 'inserted'; readonly idMap: ReadonlyMap<number, number> }
  | { readonly kind: 'conflict'; readonly reason: string };

/** Nothing of it is there, or all. */
export async function insertRun(
  store: LaunchPadStore,
  run: RunDocuments,
  number: number,
  context: RunContext,
): Promise<Inserted> {
  const { patch, ids } = await patchOfRun(store, run, context.now());
  const entry = createJournalEntry(context, number, [patch], {
    workflows: 1,
    fireworks: run.workflow.fireworks.length,
  });
  const [outcome] = await store.commitPatches(entry, createLockOwner(context));
  if (outcome?.kind === 'committed') return { kind: 'inserted', idMap: ids.fireworks };
  return { kind: 'conflict', reason: outcome?.reason ?? 'could not be written' };
}

/** The ids are drawn from the counters, and are nobody else's from then on. */
export async function patchOfRun(store: LaunchPadStore, run: RunDocuments, now: Date): Promise<RunPatch> {
  const fwIds = run.workflow.fireworks.map(({ fwId }) => fwId);
  const launchIds = run.launches.map(({ launchId }) => launchId);
  const ids: NewIds = {
    fireworks: numbered(fwIds, await store.takeFireworkIds(fwIds.length)),
    launches: numbered(launchIds, launchIds.length === 0 ? 0 : await store.takeLaunchIds(launchIds.length)),
  };
  const documents = withNewIds(run, ids);
  const launches = await Promise.all(
    documents.launches.map(withStoredTimes).map((one) => withStoredAction(store, one)),
  );
  const patch = newRunPatch(newKey(now), { ...documents, launches });
  return { patch: withMemberChanges(patch, await largeActionsOf(store, launches)), ids };
}

/** As MongoDB makes the ids of documents: the second, and what nobody else has. */
function newKey(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

/** Room for the rest of a launch. */
const REST_OF_LAUNCH = 1024 * 1024;

async function withStoredAction(store: LaunchPadStore, launch: Launch): Promise<Launch> {
  const { action, launchId } = launch;
  const isLarge =
    action !== null &&
    store.documentLimit !== undefined &&
    storedBytes(action) > DOCUMENT_LIMIT - REST_OF_LAUNCH;
  if (!isLarge) return launch;
  return { ...launch, action: { gridfs_id: await store.writeLargeAction(launchId, toJsonLine(action)) } };
}

/** Durations are doubles, those of whole seconds as well. */
function withStoredTimes(launch: Launch): Launch {
  const { runtimeSecs, reservedtimeSecs } = launch;
  return {
    ...launch,
    runtimeSecs: runtimeSecs === null ? null : storedSeconds(runtimeSecs),
    ...(reservedtimeSecs === undefined ? {} : { reservedtimeSecs: storedSeconds(reservedtimeSecs) }),
  };
}

/** They are there by now; in the patch they go with the run when it is undone. */
async function largeActionsOf(
  store: LaunchPadStore,
  launches: readonly Launch[],
): Promise<readonly DocumentChange[]> {
  const large = launches.filter(({ action }) => gridIdOf(action) !== undefined);
  if (large.length === 0) return [];
  const changes: DocumentChange[] = [];
  const launchIds = large.map(({ launchId }) => launchId);
  for await (const one of store.findWholeDocuments({ workflows: [], fwIds: [], launchIds }))
    changes.push(insertion(one.collection, one.id, one.document));
  return changes;
}
