/** Actions that are too large for their launch: FireWorks keeps them in GridFS, as JSON, and their id in the launch. */
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Launch, type Value, type ValueObject } from '../../domain/model';
import { readJson } from '../../specs/reading/read-json';
import type { LaunchPadStore } from '../../storage/launchpad-store';

/** The id of an action that is stored elsewhere. */
export function gridIdOf(action: Value): string | undefined {
  const id = isObject(action) ? action['gridfs_id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The whole action of a launch; throws ActionError when it is not where the launch says. */
export async function wholeActionOf(
  store: LaunchPadStore,
  { launchId, action }: Pick<Launch, 'launchId' | 'action'>,
): Promise<ValueObject | null> {
  const id = gridIdOf(action);
  if (id === undefined) return action;
  const text = await store.readLargeAction(id);
  if (text === undefined) {
    throw new ActionError(
      `the action of launch ${String(launchId)} is missing: there is no file ${id} in GridFS`,
    );
  }
  return readJson(text) as ValueObject;
}
