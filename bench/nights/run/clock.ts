/** Simulated time. Days begin at noon, by the local clock, so that a night is in one of them. */
import { DAY_MS } from '../model/surroundings';

export class SimulatedClock {
  /** Milliseconds since the simulation began. */
  at = 0;
  readonly #start: number;

  /** `start`: the noon of the first day. */
  constructor(start: Date) {
    this.#start = start.getTime();
  }

  readonly now = (): Date => this.dateOf(this.at);

  dateOf(at: number): Date {
    return new Date(this.#start + at);
  }
}

/** The noon before the first of so many nights, the last of which ends in the morning of `end`. */
export function firstNoon(nights: number, end: Date): Date {
  const noon = new Date(end);
  noon.setHours(12, 0, 0, 0);
  return new Date(noon.getTime() - nights * DAY_MS);
}
