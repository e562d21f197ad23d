/** How a launch changes while it runs: its history of states, and the times that are read off it. */
import type { Checkpoint, Firework, HistoryEntry, Launch, Timestamp } from './model';
import { isUnderWay, type LaunchState } from './state';
import { isoTimestamp, timestampMillis } from './timestamps';

/** The history with the state entered now; as it is when that is its state already. */
export function enterState(
  history: readonly HistoryEntry[],
  state: LaunchState,
  now: Date,
): readonly HistoryEntry[] {
  const last = history.at(-1);
  if (last?.state === state) return history;
  const created_on = isoTimestamp(now);
  return [
    ...history,
    {
      state,
      created_on,
      // A COMPLETED launch can be resumed nowhere; every other one where it was.
      ...(state !== 'COMPLETED' && last?.checkpoint ? { checkpoint: last.checkpoint } : {}),
      ...(isUnderWay(state) ? { updated_on: created_on } : {}),
    },
  ];
}

/** A sign of life in the last entry, with what has been reached. */
export function touchHistory(
  history: readonly HistoryEntry[],
  now: Date,
  checkpoint?: Checkpoint,
): readonly HistoryEntry[] {
  const last = history.at(-1);
  if (!last) return history;
  const reached = checkpoint ? { checkpoint: { ...checkpoint } } : {};
  return [...history.slice(0, -1), { ...last, ...reached, updated_on: isoTimestamp(now) }];
}

export interface LaunchTimes {
  readonly timeStart: Timestamp | null;
  readonly timeEnd: Timestamp | null;
  readonly runtimeSecs: number | null;
  readonly reservedtimeSecs?: number;
}

export function launchTimes(history: readonly HistoryEntry[], now: Date): LaunchTimes {
  const start = entered(history, 'RUNNING');
  const end = entered(history, 'COMPLETED', 'FIZZLED');
  const reserved = entered(history, 'RESERVED');
  const inQueue = reserved === null ? 0 : secondsBetween(reserved, start ?? now);
  return {
    timeStart: start,
    timeEnd: end,
    runtimeSecs: start === null || end === null ? null : secondsBetween(start, end),
    ...(inQueue === 0 ? {} : { reservedtimeSecs: inQueue }),
  };
}

/** When one of these states was first entered. A second end, as of a run that was lost and found, does not move it. */
function entered(history: readonly HistoryEntry[], ...states: readonly LaunchState[]): Timestamp | null {
  return history.find(({ state }) => states.includes(state))?.created_on ?? null;
}

function secondsBetween(start: Timestamp, end: Timestamp): number {
  return (timestampMillis(end) - timestampMillis(start)) / 1000;
}

/** The launch with this state entered now, and its times. */
export function launchIn(launch: Launch, state: LaunchState, now: Date): Launch {
  const stateHistory = enterState(launch.stateHistory, state, now);
  return { ...launch, state, stateHistory, ...launchTimes(stateHistory, now) };
}

/** One of which nothing is known yet but where it runs. */
export function emptyLaunch(
  place: Pick<Launch, 'launchId' | 'fwId' | 'launchDir' | 'fworker' | 'host' | 'ip'>,
): Launch {
  return {
    ...place,
    trackers: [],
    action: null,
    state: 'RUNNING',
    stateHistory: [],
    timeStart: null,
    timeEnd: null,
    runtimeSecs: null,
  };
}

/** The attempt of a Firework after this launch: the first one since. */
export function nextLaunchId(
  launchId: number,
  firework: Pick<Firework, 'launches' | 'archivedLaunches'> | undefined,
): number | undefined {
  const later = [...(firework?.launches ?? []), ...(firework?.archivedLaunches ?? [])].filter(
    (id) => id > launchId,
  );
  return later.length === 0 ? undefined : Math.min(...later);
}
