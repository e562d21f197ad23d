/** What a failed Firetask told of its failure, for the next attempt: FireWorks' EXCEPT_DETAILS_ON_RERUN. */
import { isObject, type Value, type WorkflowView } from '../../domain/model';
import { isTruthy } from '../../domain/workflow-draft';
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** `action.stored_data._exception._details` of the last active launch of each FIZZLED member, where there is something. */
export async function readExceptionDetails(
  store: LaunchPadStore,
  views: readonly WorkflowView[],
): Promise<ReadonlyMap<number, Value>> {
  const fwIds = new Map<number, number[]>();
  for (const { fireworks } of views) {
    for (const { fwId, state, launches } of fireworks.values()) {
      const last = launches.at(-1);
      if (state === 'FIZZLED' && last !== undefined) fwIds.set(last, [...(fwIds.get(last) ?? []), fwId]);
    }
  }
  const details = new Map<number, Value>();
  if (fwIds.size === 0) return details;
  for await (const { launchId, action } of store.findLaunches([...fwIds.keys()], 'all')) {
    const told = within(action, ['stored_data', '_exception', '_details']);
    if (isTruthy(told)) for (const fwId of fwIds.get(launchId) ?? []) details.set(fwId, told);
  }
  return details;
}

function within(value: Value, path: readonly string[]): Value {
  return path.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}
