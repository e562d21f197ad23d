/** The history of a launch that ran without the database, as its files tell it (semantics.md, section 12). */
import { enterState, launchTimes } from '../launch';
import type { HistoryEntry, Launch, Timestamp, ValueObject } from '../model';
import type { LaunchState } from '../state';
import { isoTimestamp, timestampMillis } from '../timestamps';

/** What the files say, checked; moments are texts. */
export interface OfflineNews {
  readonly startedOn: string | undefined;
  readonly checkpoint: ValueObject | undefined;
  /** The last sign of life. */
  readonly pingedOn: string | undefined;
  readonly end: { readonly state: 'COMPLETED' | 'FIZZLED'; readonly completedOn: string } | undefined;
}

/** FireWorks dates what it learns now to now; here it is dated to when it happened. */
export function launchWithNews(launch: Launch, news: OfflineNews, now: Date): Launch {
  const started = news.startedOn === undefined ? launch : startedLaunch(launch, news, now);
  const { end } = news;
  if (!end) return started;
  const entered = enterState(started.stateHistory, end.state, now);
  const dated = entered.map((entry) =>
    entry.state === end.state ? { ...entry, created_on: end.completedOn } : entry,
  );
  // Python leaves Dates behind here, and texts elsewhere.
  const stateHistory = dated.map(withDates);
  return { ...started, state: end.state, stateHistory, ...textTimes(dated, now) };
}

function startedLaunch(
  launch: Launch,
  { startedOn = '', checkpoint, pingedOn }: OfflineNews,
  now: Date,
): Launch {
  const history = enterState(launch.stateHistory, 'RUNNING', now);
  const last = history.length - 1;
  const stateHistory = history.map((entry, index): HistoryEntry => {
    if (entry.state !== 'RUNNING') return entry;
    const reached = index === last && checkpoint ? { checkpoint } : {};
    const heard = index === last ? { updated_on: pingedOn ?? isoTimestamp(now) } : {};
    return { ...entry, created_on: startedOn, ...heard, ...reached };
  });
  return { ...launch, state: 'RUNNING' satisfies LaunchState, stateHistory, ...textTimes(stateHistory, now) };
}

function textTimes(history: readonly HistoryEntry[], now: Date): ReturnType<typeof launchTimes> {
  const { timeStart, timeEnd, ...times } = launchTimes(history, now);
  return { ...times, timeStart: textOf(timeStart), timeEnd: textOf(timeEnd) };
}

function textOf(moment: Timestamp | null): string | null {
  return moment instanceof Date ? isoTimestamp(moment) : moment;
}

function withDates(entry: HistoryEntry): HistoryEntry {
  const { updated_on } = entry;
  return {
    ...entry,
    created_on: new Date(timestampMillis(entry.created_on)),
    ...(updated_on === undefined ? {} : { updated_on: new Date(timestampMillis(updated_on)) }),
  };
}
