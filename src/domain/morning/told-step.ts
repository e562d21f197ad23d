/** A step of a night as it looks in the morning. */
import type { RecoveryStep } from '../recovery/night';
import type { RerunEnd } from '../recovery/rerun-end';

export interface ToldStep {
  readonly step: RecoveryStep;
  /** Of a rerun that was done. */
  readonly end: RerunEnd | undefined;
  /** The Firework is FIZZLED, with the failure that the step is about, or that the rerun ended with; and not in quarantine. */
  readonly isOpen: boolean;
}

/** As people count them. */
export type EndName =
  | 'completed'
  | 'running'
  | 'waiting'
  | 'failed the same way'
  | 'failed with another error'
  | 'taken back'
  | 'stopped'
  | 'rerun since'
  | 'deleted';

/** In the order in which they are told. */
export const END_NAMES: readonly EndName[] = [
  'completed',
  'running',
  'waiting',
  'failed the same way',
  'failed with another error',
  'taken back',
  'stopped',
  'rerun since',
  'deleted',
];

export function endName(end: RerunEnd, { fingerprint }: Pick<RecoveryStep, 'fingerprint'>): EndName {
  if (end.kind !== 'failed') return end.kind;
  return end.fingerprint === fingerprint ? 'failed the same way' : 'failed with another error';
}
