/** A workflow as it was run: what its Fireworks were given, what they did to one another, and which of them it created itself. */
import { ActionError, readAction, type FWAction } from '../actions/fw-action';
import type { LaunchRecord } from '../launch-record';
import type { Firework, Launch, ValueObject, Workflow } from '../model';
import { timestampMillis } from '../timestamps';

export interface RecordedRun {
  readonly workflow: Workflow;
  /** The lowest fw_id of the first one of its family: of the workflow itself, where it is no new run. */
  readonly rootId: number;
  /** All members, as they are now. */
  readonly fireworks: ReadonlyMap<number, Firework>;
  /** Active and archived ones, with whole actions. */
  readonly launches: ReadonlyMap<number, Launch>;
  /** By Firework, the earliest first. Launches of Python's rocket have none. */
  readonly records: ReadonlyMap<number, readonly LaunchRecord[]>;
}

/** As a Firework was first launched, as its active launch was, or as it stands. */
export type SpecChoice = 'first run' | 'active run' | 'now';

export interface ChosenSpec {
  readonly name: string;
  readonly spec: ValueObject;
  /** Until when others could have changed it, milliseconds since 1970. */
  readonly until: number;
  /** `no`: it was run, but nobody noted with which spec, and this is the present one. `later`: of a later launch. */
  readonly recorded: 'yes' | 'later' | 'no';
}

export function chosenSpec({ records }: RecordedRun, firework: Firework, choice: SpecChoice): ChosenSpec {
  const { fwId, launches, archivedLaunches } = firework;
  const own = choice === 'now' ? [] : (records.get(fwId) ?? []);
  const found = choice === 'first run' ? own[0] : own.findLast(({ launchId }) => launches.includes(launchId));
  const ran = choice === 'first run' ? [...launches, ...archivedLaunches] : launches;
  if (found) {
    const { name, spec, startedOn, launchId } = found;
    const isFirst = choice !== 'first run' || ran.every((id) => id >= launchId);
    return { name, spec, until: timestampMillis(startedOn), recorded: isFirst ? 'yes' : 'later' };
  }
  const { name, spec } = firework;
  return { name, spec, until: Infinity, recorded: choice !== 'now' && ran.length > 0 ? 'no' : 'yes' };
}

/** An action that had its effect: that of a COMPLETED launch. */
export interface DoneAction {
  readonly fwId: number;
  readonly launchId: number;
  /** Milliseconds since 1970. */
  readonly endedOn: number;
  readonly action: FWAction;
}

/** Of all launches of these Fireworks, archived ones included: a rerun takes nothing back. The earliest first. */
export function doneActions({ fireworks, launches }: RecordedRun): readonly DoneAction[] {
  const done: DoneAction[] = [];
  for (const { fwId, launches: active, archivedLaunches } of fireworks.values()) {
    for (const launchId of new Set([...archivedLaunches, ...active])) {
      const launch = launches.get(launchId);
      if (launch?.state !== 'COMPLETED') continue;
      const action = actionOf(launch);
      if (action) done.push({ fwId, launchId, endedOn: endOf(launch), action });
    }
  }
  return done.sort((one, other) => one.endedOn - other.endedOn || one.launchId - other.launchId);
}

function actionOf({ action }: Launch): FWAction | undefined {
  if (action === null) return undefined;
  try {
    return readAction(action);
  } catch (error) {
    if (error instanceof ActionError) return undefined;
    throw error;
  }
}

function endOf({ timeEnd }: Launch): number {
  return timeEnd === null ? 0 : timestampMillis(timeEnd);
}
