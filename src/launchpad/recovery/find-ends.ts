/** What became of reruns that `lpad recover` made. */
import { nextLaunchId } from '../../domain/launch';
import type { Firework } from '../../domain/model';
import type { RecoveryStep } from '../../domain/recovery/night';
import { rerunEnd, type RerunEnd } from '../../domain/recovery/rerun-end';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { failedLaunchesById, launchesById } from '../launches-by-id';

export interface EndedStep {
  readonly step: RecoveryStep;
  readonly end: RerunEnd;
}

/** Of steps that were done, in their order. */
export async function findEnds(
  store: LaunchPadStore,
  steps: readonly RecoveryStep[],
): Promise<readonly EndedStep[]> {
  if (steps.length === 0) return [];
  const fireworks = new Map<number, Firework>();
  const ids = [...new Set(steps.map(({ fwId }) => fwId))];
  for await (const one of store.findFireworks({ ids }, 'queue')) fireworks.set(one.fwId, one);
  const next = new Map(steps.map((step) => [step, nextLaunchId(step.launchId, fireworks.get(step.fwId))]));
  const launchIds = [...next.values()].filter((id) => id !== undefined);
  const launches = await launchesById(store, launchIds, 'brief');
  const failed = await failedLaunchesById(store, launchIds);
  return steps.map((step) => {
    const launchId = next.get(step) ?? 0;
    const end = rerunEnd(step, fireworks.get(step.fwId), launches.get(launchId), failed.get(launchId));
    return { step, end };
  });
}
