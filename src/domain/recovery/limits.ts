/** When something may be tried, and how much of it. */
import type { Backoff, Budget, TimeWindow } from './policy';

/** Where the clock on the wall stands: day 0 is Sunday. */
export interface LocalTime {
  readonly day: number;
  readonly minutes: number;
}

export function isInWindow({ from, to, days }: TimeWindow, { day, minutes }: LocalTime): boolean {
  const begins = (one: number): boolean => days?.has(one) ?? true;
  if (from < to) return minutes >= from && minutes < to && begins(day);
  // Over midnight, or around the clock when both are the same.
  if (minutes >= from) return begins(day);
  return minutes < to && begins((day + 6) % 7);
}

/** Milliseconds since 1970, for the attempt after so many. */
export function backoffUntil(
  { first, factor, longest }: Backoff,
  failedAt: number,
  attempts: number,
): number {
  return failedAt + Math.min(first * factor ** Math.max(0, attempts - 1), longest);
}

/** What a night has spent, by rule and in all. */
export class Spending {
  #fireworks = 0;
  #coreHours = 0;

  add(coreHours: number): void {
    this.#fireworks += 1;
    this.#coreHours += coreHours;
  }

  /** What there is too little of, in words; undefined when one more that takes so long fits. */
  exceeds({ fireworks, coreHours }: Budget, more: number): string | undefined {
    if (fireworks !== undefined && this.#fireworks + 1 > fireworks)
      return `its ${String(fireworks)} Fireworks of the night are used up`;
    if (coreHours === undefined || this.#coreHours + more <= coreHours) return undefined;
    const left = Math.max(0, coreHours - this.#coreHours);
    return `${hours(left)} of its ${hours(coreHours)} core hours are left, and the failed launch took ${hours(more)}`;
  }
}

function hours(value: number): string {
  return String(Math.round(value * 100) / 100);
}
