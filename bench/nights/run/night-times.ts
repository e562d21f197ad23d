/** When things happen in a night, and what it is called. */
import { HOUR_MS } from '../model/surroundings';

/** 19:00 to 07:00, hours after noon. */
export const EVENING = 7;
const MORNING = 19;

/** From the evening to the morning, every so many hours. */
export function nightHours(every: number): readonly number[] {
  const hours: number[] = [];
  for (let hour = EVENING; hour <= MORNING; hour += every) hours.push(hour);
  return hours;
}

export function nightKey(night: number): string {
  return `night-${String(night).padStart(2, '0')}`;
}

/** Milliseconds since the simulation began. */
export function momentOf(night: number, hour: number): number {
  return ((night - 1) * 24 + hour) * HOUR_MS;
}
