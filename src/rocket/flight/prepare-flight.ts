/** Before the first Firetask: the directory, the files and the spec of a fresh or a recovered launch. */
import { specAfter } from '../../domain/actions/action-plan';
import { NOTHING_YET } from '../../domain/actions/fw-action';
import type { Checkpoint, Launch, ValueObject } from '../../domain/model';
import { messageOf } from '../../errors';
import { launchesById } from '../../launchpad/launches-by-id';
import { applyMods } from '../../specs/dict-mods/dict-mods';
import type { RocketLog } from '../define-firetask';
import { enterLaunchDir, removeIfEmpty, writeFireworkFiles } from '../directory/launch-directory';
import { takeFilesIn } from '../directory/pass-files';
import { assertPreviousDir, copyPreviousDir, setOldActionsAside, type Recovery } from '../directory/recovery';
import { tasksOf } from '../firetask-registry';
import type { Flight } from './flight';

export async function moveIn(
  { live, store, settings, launchDir: given }: Flight,
  /** With its values. */
  spec: ValueObject,
  recovery: Recovery | undefined,
): Promise<string> {
  // Without the database nobody could tell where it went: who reserved it has chosen the directory already.
  if (!store) return given;
  const launchDir = await enterLaunchDir(spec, recovery, given, process.env);
  if (launchDir === given) return given;
  await live.moveTo(launchDir);
  if (settings.removeUselessDirs) await removeIfEmpty(given);
  return launchDir;
}

/** What is reached when the first Firetask of a fresh launch begins; a recovery begins elsewhere. */
export function firstCheckpoint(spec: ValueObject): Checkpoint | undefined {
  return '_recovery' in spec || tasksOf(spec).length === 0 ? undefined : { _task_n: 0, ...NOTHING_YET };
}

/** What parents hand on, or what the launch that is recovered has left. */
export async function fetchFiles(
  { logger, isRerun }: Flight,
  spec: ValueObject,
  launchDir: string,
  recovery: Recovery | undefined,
): Promise<void> {
  try {
    if (recovery) await resume(recovery, launchDir, logger);
    else await takeFilesIn(spec, launchDir);
  } catch (error) {
    if (!isRerun) throw error;
    // They came with the first run.
    logger.warn(`files could not be fetched again, those in the directory are used: ${messageOf(error)}`);
  }
}

async function resume(recovery: Recovery, launchDir: string, logger: RocketLog): Promise<void> {
  const { checkpoint, mode, previousDir } = recovery;
  logger.info(`Recovering from task number ${String(checkpoint._task_n)} in folder ${previousDir}.`);
  if (mode === 'cp' && launchDir !== previousDir) {
    await assertPreviousDir(recovery);
    logger.info(`Copying data from recovery folder ${previousDir} to folder ${launchDir}.`);
    await copyPreviousDir(recovery, launchDir);
  }
  if (mode !== null) await setOldActionsAside(launchDir);
}

/** The remaining Firetasks see what the earlier ones put into the spec; FireWorks forgets to tell them. */
export function specAtStart(
  memory: ValueObject,
  { _all_update_spec, _all_mod_spec }: Checkpoint,
): ValueObject {
  return specAfter(memory, { update_spec: _all_update_spec, mod_spec: _all_mod_spec }, applyMods);
}

export async function writeFile(
  { firework, live, store, logger, settings }: Flight,
  launchDir: string,
): Promise<void> {
  if (settings.fireworkFiles.length === 0 || !store) return;
  let launches = new Map<number, Launch>();
  try {
    const own = live.launch.launchId;
    const ids = [...firework.launches, ...firework.archivedLaunches].filter((id) => id !== own);
    launches = await launchesById(store, ids, 'all');
  } catch (error) {
    logger.warn(`FW.json lacks the launches: ${messageOf(error)}`);
  }
  launches.set(live.launch.launchId, live.launch);
  await writeFireworkFiles(launchDir, settings.fireworkFiles, firework, launches);
}
