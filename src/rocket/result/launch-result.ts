/** How a launch ended, before anything is stored. */
import type { FWAction } from '../../domain/actions/fw-action';

export interface LaunchResult {
  readonly state: 'COMPLETED' | 'FIZZLED';
  readonly action: FWAction;
}
