/** `lpad report`: how many documents came to be in which state, period by period. */
import type { Value } from '../../domain/model';
import { isFireworkState, STATES, type FireworkState } from '../../domain/state';
import { isoTimestamp } from '../../domain/timestamps';
import type { LaunchPadStore, Query, ReportedCollection } from '../../storage/launchpad-store';

export const INTERVALS = ['years', 'months', 'days', 'hours', 'minutes'] as const;
export type Interval = (typeof INTERVALS)[number];

export interface ReportRequest {
  readonly collection: ReportedCollection;
  readonly interval: Interval;
  /** How many intervals back from now; 0 is all time. */
  readonly intervals: number;
  readonly where: Query;
  readonly now: Date;
}

export interface Period {
  /** The beginning of its moments in UTC: `2026-11-21` for a day; empty for what has no date. */
  readonly period: string;
  readonly states: ReadonlyMap<FireworkState, number>;
  readonly total: number;
  /** Of what COMPLETED or FIZZLED, how much COMPLETED, in percent, to a tenth. */
  readonly completedPercent: number;
}

/** So much of `2026-11-21T08:01:43` names a period. */
const LENGTHS: Readonly<Record<Interval, number>> = { years: 4, months: 7, days: 10, hours: 13, minutes: 16 };

/** Newest first. A document counts where it changed last (a launch where it ended), by the state that it has now. */
export async function reportStates(
  store: LaunchPadStore,
  { collection, interval, intervals, where, now }: ReportRequest,
): Promise<readonly Period[]> {
  const field = collection === 'launches' ? 'time_end' : 'updated_on';
  const since = intervals === 0 ? {} : notBefore(field, startOf(now, interval, intervals));
  const counts = new Map<string, Map<FireworkState, number>>();
  const request = { collection, where: { $and: [where, since] }, fields: ['state', field] };
  for await (const { state, [field]: date } of store.readFields(request)) {
    const period = momentText(date).slice(0, LENGTHS[interval]);
    const states = counts.get(period) ?? new Map<FireworkState, number>();
    counts.set(period, states);
    if (typeof state === 'string' && isFireworkState(state)) states.set(state, (states.get(state) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? 1 : -1))
    .map(([period, states]) => summary(period, states));
}

/** FireWorks asks for texts only, and so misses what was paused, defused or archived: there it is a Date. */
function notBefore(field: string, start: Date): Query {
  return { $or: [{ [field]: { $gte: isoTimestamp(start) } }, { [field]: { $gte: start } }] };
}

function startOf(now: Date, interval: Interval, count: number): Date {
  const start = new Date(now);
  switch (interval) {
    case 'years':
      return monthsBefore(now, 12 * count);
    case 'months':
      return monthsBefore(now, count);
    case 'days':
      start.setUTCDate(now.getUTCDate() - count);
      return start;
    case 'hours':
      start.setUTCHours(now.getUTCHours() - count);
      return start;
    case 'minutes':
      start.setUTCMinutes(now.getUTCMinutes() - count);
      return start;
  }
}

/** The same day of an earlier month, or its last one. */
function monthsBefore(now: Date, count: number): Date {
  const start = new Date(now);
  start.setUTCMonth(now.getUTCMonth() - count);
  // March 31 less a month is no February 31, which would be a day in March.
  if (start.getUTCDate() !== now.getUTCDate()) start.setUTCDate(0);
  return start;
}

function momentText(date: Value): string {
  if (date instanceof Date) return date.toISOString();
  return typeof date === 'string' ? date : '';
}

function summary(period: string, counts: ReadonlyMap<FireworkState, number>): Period {
  const of = (state: FireworkState): number => counts.get(state) ?? 0;
  const ended = of('COMPLETED') + of('FIZZLED');
  return {
    period,
    states: new Map(STATES.map((state) => [state, of(state)])),
    total: STATES.reduce((sum, state) => sum + of(state), 0),
    completedPercent: of('COMPLETED') === 0 ? 0 : thousandths(of('COMPLETED') / ended) / 10,
  };
}

/** Rounded as Python rounds: half to even. */
function thousandths(share: number): number {
  const rounded = Math.round(share * 1000);
  return (share * 1000) % 1 === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
