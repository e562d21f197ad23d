/** How a launch ends: decided by what its Firework is, where and when it began, and with what it was asked for. */
import type { Draw } from './draw';
import { OUTAGE_ERRORS, type ErrorKind } from './errors';
import { ENOUGH_MEMORY, hoursUntil, type NatureKind } from './nature';
import type { SimulatedFirework } from './population';
import { isAway, isIn, type Host, type Surroundings } from './surroundings';

export interface LaunchBegin {
  readonly firework: SimulatedFirework;
  readonly host: Host;
  /** Milliseconds since the simulation began. */
  readonly at: number;
  /** The number of this launch, from 1. */
  readonly attempt: number;
  /** How many of the earlier ones failed because of what the Firework is. */
  readonly ownFailures: number;
  /** `_queueadapter.mem` of its spec. */
  readonly memory: string;
}

/** Why a launch did not complete. */
export type Cause = Exclude<NatureKind, 'fine'> | 'outage';

export type LaunchOutcome =
  | { readonly kind: 'completed'; readonly hours: number }
  | { readonly kind: 'failed'; readonly hours: number; readonly cause: Cause; readonly message: string }
  /** Nobody is told. */
  | { readonly kind: 'lost'; readonly hours: number; readonly cause: 'lost' };

export function outcomeOf(begin: LaunchBegin, around: Surroundings, draw: Draw): LaunchOutcome {
  const { firework, host, at, ownFailures, memory, attempt } = begin;
  const { fwId, nature, uses, hours } = firework;
  const drawn = draw('end', fwId, attempt);
  const fails = (cause: Cause, error: ErrorKind): LaunchOutcome => ({
    kind: 'failed',
    hours: hoursUntil(error, hours, drawn),
    cause,
    message: error.message({ host: host.name, drawn: draw('message', fwId, attempt) }),
  });
  if (uses !== undefined && isAway(around, uses, at)) return fails('outage', OUTAGE_ERRORS[uses]);
  const completes: LaunchOutcome = { kind: 'completed', hours };
  switch (nature.kind) {
    case 'fine':
      return completes;
    case 'transient':
      return ownFailures < nature.failures ? fails('transient', nature.error) : completes;
    case 'lost':
      return ownFailures < nature.failures
        ? { kind: 'lost', hours: hours * drawn, cause: 'lost' }
        : completes;
    case 'deterministic':
      return fails('deterministic', nature.error);
    case 'memory':
      return memory === ENOUGH_MEMORY ? completes : fails('memory', nature.error);
    case 'host':
      return isIn(host.bad, at) ? fails('host', nature.error) : completes;
  }
}
