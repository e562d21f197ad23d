/** Reads launches at once, to look them up by their ids. */
import type { FailedLaunch } from '../domain/failures/failure';
import type { Launch } from '../domain/model';
import type { LaunchFields, LaunchPadStore } from '../storage/launchpad-store';

/** Those that are there. Without ids the store is not asked. */
export async function launchesById(
  store: LaunchPadStore,
  ids: readonly number[],
  fields: LaunchFields,
): Promise<Map<number, Launch>> {
  const launches = new Map<number, Launch>();
  if (ids.length === 0) return launches;
  for await (const launch of store.findLaunches(ids, fields)) launches.set(launch.launchId, launch);
  return launches;
}

/** Those that FIZZLED, with their errors. Without ids the store is not asked. */
export async function failedLaunchesById(
  store: LaunchPadStore,
  ids: readonly number[],
): Promise<Map<number, FailedLaunch>> {
  const failed = new Map<number, FailedLaunch>();
  if (ids.length === 0) return failed;
  for await (const launch of store.findFailedLaunches(ids)) failed.set(launch.launchId, launch);
  return failed;
}
