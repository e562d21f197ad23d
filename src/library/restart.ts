/** Whether a Firework must run again, and with what: Guild AI's `restart_needed` and `run_params_for_restart`. */
import type { Firework, ValueObject } from '../domain/model';
import { parametersOf, sameParameters } from '../domain/restart/parameters';
import { plain } from '../specs/plain-values';

/**
 * Whether a Firework (of {@link LaunchPad.getFirework}) must be rerun to have run with these flags. It need not when it is
 * COMPLETED and they are exactly its parameters: the same keys with the same values, where 1 is 1.0.
 *
 * `lpad rerun_fws --needed` also asks what its last launch had, and whether another Firework of its name has run with them.
 */
export function restartNeeded(
  { state, spec }: Pick<Firework, 'state' | 'spec'>,
  flags: ValueObject,
): boolean {
  return state !== 'COMPLETED' || !sameParameters(parametersOf(spec), flags);
}

/**
 * The parameters that a rerun of it has: the keys of its spec without `_`, with the values that were specified last, as plain
 * JavaScript. Those that are `specified` anew are left out: whoever gives them has them.
 */
export function runParamsForRestart(
  { spec }: Pick<Firework, 'spec'>,
  specified: ValueObject = {},
): Readonly<Record<string, unknown>> {
  const kept = Object.entries(parametersOf(spec)).filter(([key]) => !Object.hasOwn(specified, key));
  return Object.fromEntries(kept.map(([key, value]) => [key, plain(value)]));
}
