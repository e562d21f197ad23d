import { ownVersion } from '../../specs/own-version';
import type { Versions } from '../../specs/job-files/saved-job';

export function thisVersions(): Versions {
  return { lpad: ownVersion(), node: process.version, platform: `${process.platform} ${process.arch}` };
}
