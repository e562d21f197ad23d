/** What the COMPLETED Fireworks of a run have stored, and handed on to their children. */
import { readAction } from '../../domain/actions/fw-action';
import type { Firework, ValueObject } from '../../domain/model';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { plain } from '../../specs/plain-values';
import { launchesById } from '../launches-by-id';
import { wholeActionOf } from '../launches/launch-action';
import { findWorkflowOf } from '../show/load-whole-workflow';

/** Numbers are plain. */
export interface FireworkOutput {
  readonly fwId: number;
  readonly stored_data: ValueObject;
  readonly update_spec: ValueObject;
}

/** By name; where several Fireworks have the same, by `name--id`. Throws NOT_FOUND. */
export async function findRunOutputs(
  store: LaunchPadStore,
  member: number,
): Promise<Readonly<Record<string, FireworkOutput>>> {
  const { nodes } = await findWorkflowOf(store, member);
  const fireworks: Firework[] = [];
  for await (const one of store.findFireworks({ ids: nodes }, 'summary')) fireworks.push(one);
  const done = fireworks.filter(({ state }) => state === 'COMPLETED');
  const launchIds = done.flatMap(({ launches }) => launches);
  const launches = await launchesById(store, launchIds, 'all');
  const outputs: [string, FireworkOutput][] = [];
  for (const { fwId, name, launches: own } of done) {
    const launch = own.map((id) => launches.get(id)).findLast((one) => one?.state === 'COMPLETED');
    if (!launch) continue;
    const { stored_data, update_spec } = readAction(await wholeActionOf(store, launch));
    const isOnly = fireworks.filter((one) => one.name === name).length === 1;
    outputs.push([
      isOnly ? name : `${name}--${String(fwId)}`,
      {
        fwId,
        stored_data: plain(stored_data) as ValueObject,
        update_spec: plain(update_spec) as ValueObject,
      },
    ]);
  }
  return Object.fromEntries(outputs);
}
