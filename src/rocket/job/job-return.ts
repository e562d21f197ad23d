/** `job_return.json`: what came of a run of a saved job. */
import { hostname } from 'node:os';
import { isoTimestamp } from '../../domain/timestamps';
import type { ResolvedValue } from '../../domain/launch-record';
import { toLosslessJson } from '../../specs/printing/lossless-json';
import { JOB_FORMAT } from '../../specs/job-files/saved-job';
import type { LaunchResult } from '../result/launch-result';
import { thisVersions } from './versions';

export interface JobReturn extends LaunchResult {
  readonly fwId: number;
  readonly launchId: number;
  /** From the file, without the database. */
  readonly isRerun: boolean;
  /** With the values of the first run. */
  readonly frozen: boolean;
  readonly resolved: readonly ResolvedValue[];
  readonly startedOn: Date;
  readonly endedOn: Date;
}

export function toReturnText(one: JobReturn): string {
  const { startedOn, endedOn } = one;
  return toLosslessJson({
    format: JOB_FORMAT,
    launch_id: one.launchId,
    fw_id: one.fwId,
    rerun: one.isRerun,
    frozen: one.frozen,
    state: one.state,
    started_on: isoTimestamp(startedOn),
    ended_on: isoTimestamp(endedOn),
    runtime_secs: (endedOn.getTime() - startedOn.getTime()) / 1000,
    host: hostname(),
    pid: process.pid,
    versions: { ...thisVersions() },
    resolved: one.resolved.map((value) => ({ ...value })),
    action: { ...one.action },
  });
}
