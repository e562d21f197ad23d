/** What a rocket leaves of a launch in its directory, so that it can be run again from there. Failing to do so stops nothing. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isoTimestamp } from '../../domain/timestamps';
import type { Firework, Launch } from '../../domain/model';
import { messageOf } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { ResolvedValue } from '../../domain/launch-record';
import type { Resolution, ValueSources } from '../../specs/resolving/resolve-values';
import { toJobText, type JobPrograms, type RunIds } from '../../specs/job-files/saved-job';
import type { RocketLog } from '../define-firetask';
import type { LaunchResult } from '../result/launch-result';
import {
  currentPlaceOf,
  JOB_FILE,
  JOB_FOLDER,
  writeJobFile,
  writeReturnFile,
  type WrittenJob,
} from './job-files';
import { toReturnText } from './job-return';
import { thisVersions } from './versions';

/** What of the rocket's configuration a job needs. */
export interface JobSurroundings {
  readonly firetasks: JobPrograms;
  readonly logdir: string | null;
}

/** What a flight asks for: how values are resolved, and what is kept of the job. */
export interface JobKeeper {
  readonly ids: RunIds;
  readonly sources: ValueSources;
  /** Before the first Firetask; `launch` is where it runs. */
  begin(job: BegunJob): Promise<void>;
  end(result: LaunchResult, endedOn: Date): Promise<void>;
}

export interface BegunJob {
  readonly firework: Firework;
  readonly launch: Launch;
  readonly resolution: Resolution;
}

export interface JobKeeperOptions {
  readonly ids: RunIds;
  readonly surroundings: JobSurroundings;
  readonly logger: RocketLog;
  readonly now: () => Date;
  /** Where values that were resolved are noted, too. */
  readonly store: LaunchPadStore | undefined;
}

export const NO_SURROUNDINGS: JobSurroundings = {
  firetasks: {
    modules: [],
    python: null,
    pythonFiretasks: [],
    templateDir: null,
    startedIn: process.cwd(),
    nameUpdates: {},
  },
  logdir: null,
};

interface Begun {
  readonly startedOn: Date;
  readonly launch: Launch;
  readonly resolved: readonly ResolvedValue[];
  readonly written: WrittenJob | undefined;
}

export function createJobKeeper(options: JobKeeperOptions): JobKeeper {
  const { ids, logger, now } = options;
  let begun: Begun | undefined;
  let returned: string | undefined;
  return {
    ids,
    sources: { env: process.env, now: now() },
    begin: async (job) => {
      const startedOn = now();
      const { launch, resolution } = job;
      const { resolved } = resolution;
      begun = { startedOn, launch, resolved, written: await saveJob(job, startedOn, options) };
      if (resolved.length > 0) await noteResolved(launch.launchId, resolved, options);
    },
    end: async (result, endedOn) => {
      if (!begun?.written) return;
      const { written, startedOn, resolved, launch } = begun;
      const { fwId, launchId } = launch;
      const one = { ...result, fwId, launchId, isRerun: false, frozen: false, resolved, startedOn, endedOn };
      try {
        returned = await writeReturnFile(await currentPlaceOf(written), toReturnText(one), returned);
        logger.info(`Saved what came of the job in ${returned}`);
      } catch (error) {
        logger.warn(`what came of the job could not be saved: ${messageOf(error)}`);
      }
    },
  };
}

async function saveJob(
  { firework, launch, resolution }: BegunJob,
  startedOn: Date,
  { ids, surroundings, logger }: JobKeeperOptions,
): Promise<WrittenJob | undefined> {
  const { launchDir } = launch;
  try {
    const text = toJobText({
      ...ids,
      ...surroundings,
      savedOn: isoTimestamp(startedOn),
      launchDir,
      launchId: launch.launchId,
      fwId: firework.fwId,
      host: hostname(),
      pid: process.pid,
      versions: thisVersions(),
      name: firework.name,
      worker: launch.fworker,
      environment: Object.keys(process.env).sort(),
      resolved: resolution.resolved,
      spec: firework.spec,
    });
    const written = await writeJobFile(launchDir, text);
    logger.info(`Saved the job in ${written.file}`);
    return written;
  } catch (error) {
    const file = join(launchDir, JOB_FOLDER, JOB_FILE);
    logger.warn(`the job could not be saved in ${file}, it cannot be rerun from there: ${messageOf(error)}`);
    return undefined;
  }
}

async function noteResolved(
  launchId: number,
  resolved: readonly ResolvedValue[],
  { store, logger }: JobKeeperOptions,
): Promise<void> {
  try {
    await store?.updateLaunchRecord(launchId, { resolved });
  } catch (error) {
    logger.warn(`which values were resolved is noted in the directory alone: ${messageOf(error)}`);
  }
}
