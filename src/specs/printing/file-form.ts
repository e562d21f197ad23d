/**
 * The file form of a Firework (FW.json, and what `_fizzled_parents` holds) and of a workflow (what `dump_wflow` writes). Keys in
 * FireWorks' order, launches whole.
 */
import type { Firework, Launch, Timestamp, Value, ValueObject, Workflow } from '../../domain/model';
import { isoTimestamp } from '../../domain/timestamps';
import { pythonDate } from './print-json';

/** `launches` are those that the Firework lists, active and archived; one that is missing is left out. */
export function fireworkFileForm(firework: Firework, launches: ReadonlyMap<number, Launch>): ValueObject {
  const { spec, fwId, createdOn, updatedOn, state, name } = firework;
  const active = formsOf(firework.launches, launches);
  const archived = formsOf(firework.archivedLaunches, launches);
  return {
    spec,
    fw_id: fwId,
    created_on: text(createdOn),
    updated_on: text(updatedOn),
    // FireWorks leaves out what is as in a new Firework.
    ...(active.length > 0 ? { launches: active } : {}),
    ...(archived.length > 0 ? { archived_launches: archived } : {}),
    ...(state === 'WAITING' ? {} : { state }),
    name,
  };
}

export function workflowFileForm(
  workflow: Workflow,
  fireworks: readonly Firework[],
  launches: ReadonlyMap<number, Launch>,
): ValueObject {
  const { links, name, metadata, createdOn, updatedOn } = workflow;
  return {
    fws: fireworks.map((firework) => fireworkFileForm(firework, launches)),
    links: Object.fromEntries([...links].map(([parent, children]) => [String(parent), children])),
    name,
    metadata,
    updated_on: withoutZone(updatedOn),
    created_on: withoutZone(createdOn),
  };
}

/** Dates of workflows, which are Dates in the database, come without a zone in FireWorks' files: they are UTC. */
function withoutZone(timestamp: Timestamp): string {
  return timestamp instanceof Date ? pythonDate(timestamp) : timestamp;
}

function formsOf(ids: readonly number[], launches: ReadonlyMap<number, Launch>): readonly ValueObject[] {
  return ids.flatMap((id) => {
    const launch = launches.get(id);
    return launch ? [launchFileForm(launch)] : [];
  });
}

export function launchFileForm(launch: Launch): ValueObject {
  const { fworker, fwId, launchDir, host, ip, trackers, action, state, stateHistory, launchId } = launch;
  return {
    fworker: { ...fworker },
    fw_id: fwId,
    launch_dir: launchDir,
    host,
    ip,
    trackers,
    action,
    state,
    state_history: stateHistory.map((entry) => withTextDates({ ...entry })),
    launch_id: launchId,
  };
}

/** Histories recovered from offline runs hold Dates. */
function withTextDates(entry: ValueObject): ValueObject {
  return Object.fromEntries(
    Object.entries(entry).map(([key, value]): [string, Value] => [
      key,
      value instanceof Date ? isoTimestamp(value) : value,
    ]),
  );
}

function text(timestamp: Timestamp): string {
  return timestamp instanceof Date ? isoTimestamp(timestamp) : timestamp;
}
