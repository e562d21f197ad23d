/** Runs of which nothing has been heard for long, for programs (`lpad detect_lostruns`). */
import { homedir } from 'node:os';
import { loadFwConfig } from '../config/fw-config';
import { handleLostRuns, type LostRunsReport } from '../launchpad/upkeep/detect-lost-runs';
import { findLostRuns } from '../launchpad/upkeep/find-lost-runs';
import type { RerunOptions } from '../launchpad/rerun/rerun-fireworks';
import type { LaunchPadStore, Query } from '../storage/launchpad-store';
import { contextOf, modeOf, type ChangeWishes } from './changes';

export interface LostRunsWishes extends Partial<RerunOptions>, Omit<ChangeWishes, 'onProgress'> {
  /** Silent for so many seconds; without it RUN_EXPIRATION_SECS of FW_config.yaml, or 14,400. */
  readonly expirationSecs?: number;
  /** Only those that had run for at least, or at most, so many seconds when they were last heard of. */
  readonly minRuntimeSecs?: number;
  readonly maxRuntimeSecs?: number;
  /** Only runs of Fireworks that this matches. */
  readonly fireworks?: Query;
  /** Only launches that this matches. */
  readonly launches?: Query;
  /** What becomes of them; without it they are only found. */
  readonly fix?: 'fizzle' | 'rerun';
  /** Leave Fireworks that share a launch with one that is rerun alone. */
  readonly noDuplicates?: boolean;
  /** Bring RUNNING Fireworks up to date whose launches say otherwise. */
  readonly refresh?: boolean;
}

export interface LostRunsFound extends LostRunsReport {
  /** Launches that are lost, archived ones too, ascending. */
  readonly launchIds: readonly number[];
  /** RUNNING Fireworks of which no launch runs any more. */
  readonly fwIds: readonly number[];
}

export async function detectLostRuns(store: LaunchPadStore, wishes: LostRunsWishes): Promise<LostRunsFound> {
  const { expirationSecs, minRuntimeSecs = 0, maxRuntimeSecs, fireworks, launches, fix, ...others } = wishes;
  const { noDuplicates = false, refresh = false, dryRun, signal, ...options } = others;
  const surroundings = { env: process.env, cwd: process.cwd(), home: homedir() };
  const silent = expirationSecs ?? (await loadFwConfig(surroundings)).RUN_EXPIRATION_SECS;
  const rules = { now: new Date(), expirationSecs: silent, minRuntimeSecs, maxRuntimeSecs };
  const query = { rules, fireworks, launches };
  const found = await findLostRuns(store, query);
  const mode = modeOf({ ...(dryRun === undefined ? {} : { dryRun }), ...(signal ? { signal } : {}) });
  const rerunOptions = { includeRunning: false, resetHeld: false, clearRecovery: false, ...options };
  const request = { query, found, fix, rerunOptions, noDuplicates, refresh, ...mode };
  const report = await handleLostRuns(store, request, contextOf('detect_lostruns'));
  return { ...report, launchIds: found.launches.map(({ launchId }) => launchId), fwIds: found.fwIds };
}
