/** What really happened, launch by launch: what lpad knows is measured against it. */
import type { Cause } from '../model/outcome';

export interface LoggedLaunch {
  readonly launchId: number;
  readonly fwId: number;
  /** The number of this launch of its Firework, from 1. */
  readonly attempt: number;
  /** Milliseconds since the simulation began. */
  readonly began: number;
  readonly hours: number;
  readonly cores: number;
  /** Undefined of one that completed. */
  readonly cause: Cause | undefined;
}

/** Of launches that have ended. */
export class LaunchLog {
  readonly launches: LoggedLaunch[] = [];
  readonly completed = new Set<number>();
  readonly #attempts = new Map<number, number>();
  readonly #ownFailures = new Map<number, number>();

  /** As one begins. */
  count(fwId: number): { readonly attempt: number; readonly ownFailures: number } {
    const attempt = (this.#attempts.get(fwId) ?? 0) + 1;
    this.#attempts.set(fwId, attempt);
    return { attempt, ownFailures: this.#ownFailures.get(fwId) ?? 0 };
  }

  add(launch: LoggedLaunch): void {
    const { fwId, cause } = launch;
    this.launches.push(launch);
    if (cause === undefined) this.completed.add(fwId);
    else if (cause !== 'outage') this.#ownFailures.set(fwId, (this.#ownFailures.get(fwId) ?? 0) + 1);
  }
}
