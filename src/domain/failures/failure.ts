/** What is known of a launch that FIZZLED: as much of it as tells one error from another, and what it cost. */
import type { Timestamp } from '../model';

/**
 * What was stored of an error. `told`: by the action, each part with at least its last LOOKED_AT characters. `lost`: the launch ended without a
 * result, as lost-run detection ends it. `no failed launch`: the Firework is FIZZLED, but none of its launches is.
 */
export type FailureError =
  | {
      readonly kind: 'told';
      /** `stored_data._exception._stacktrace`. */
      readonly trace?: string;
      /** `stored_data._message`. */
      readonly message?: string;
      /** `stored_data.stderr`, where a Firetask stored it. */
      readonly stderr?: string;
      /** `stored_data.returncode`. */
      readonly returnCode?: number;
    }
  | { readonly kind: 'lost' }
  | { readonly kind: 'no failed launch' };

/** Of longer texts only so many of the last characters count. */
export const LOOKED_AT = 8192;

export interface FailedLaunch {
  readonly launchId: number;
  readonly fwId: number;
  readonly launchDir: string;
  readonly host: string;
  readonly timeEnd: Timestamp | null;
  /** Seconds. */
  readonly runtimeSecs: number | null;
  /** `cores` in the `env` of the worker that ran it. */
  readonly workerCores?: number;
  readonly error: FailureError;
}

/** What was told of it, for people; empty where nothing was. */
export function errorText(error: FailureError): string {
  return error.kind === 'told' ? (error.trace ?? error.stderr ?? error.message ?? '') : '';
}

/** The last LOOKED_AT characters; a pair of surrogates is one character, as MongoDB counts. */
export function lookedAt(text: string): string {
  if (text.length <= LOOKED_AT) return text;
  const characters = Array.from(text.slice(-2 * LOOKED_AT));
  return characters.slice(-LOOKED_AT).join('');
}
