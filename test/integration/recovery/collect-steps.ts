import type { RecoveryStep } from '../../../src/domain/recovery/night';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';

export async function collectSteps(store: LaunchPadStore, night: string): Promise<readonly RecoveryStep[]> {
  const steps: RecoveryStep[] = [];
  for await (const step of store.findSteps({ night })) steps.push(step);
  return steps;
}
