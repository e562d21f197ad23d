/** Task-level recovery: what `spec._recovery` says, and the files of the launch that is resumed (semantics.md, §8). */
import { cp, readdir, rename, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ActionError, NOTHING_YET, type Accumulated } from '../../domain/actions/fw-action';
import { isObject, type Checkpoint, type Value, type ValueObject } from '../../domain/model';
import { plain } from '../../specs/plain-values';
import { JOB_FOLDER } from '../job/job-files';
import { ACTION_FILES } from './action-file';

export interface Recovery {
  readonly checkpoint: Checkpoint;
  readonly mode: 'cp' | 'prev_dir' | null;
  /** Where the launch ran that is resumed. */
  readonly previousDir: string;
}

/** Undefined for a fresh run; throws ActionError for what cannot be read. */
export function recoveryOf(spec: ValueObject): Recovery | undefined {
  const recovery = spec['_recovery'];
  if (recovery === undefined || recovery === null) return undefined;
  if (!isObject(recovery)) throw new ActionError('_recovery must be an object');
  if (Object.keys(recovery).length === 0) return undefined;
  const taskNumber = plain(recovery['_task_n']);
  if (typeof taskNumber !== 'number') throw new ActionError('_recovery has no _task_n');
  const mode = recovery['_mode'] ?? null;
  if (mode !== null && mode !== 'cp' && mode !== 'prev_dir') {
    throw new ActionError(`_recovery has an unknown _mode: ${JSON.stringify(mode)}`);
  }
  const previousDir = recovery['_prev_dir'];
  if (mode !== null && typeof previousDir !== 'string') throw new ActionError('_recovery has no _prev_dir');
  return {
    checkpoint: { _task_n: taskNumber, ...accumulatedOf(recovery) },
    mode,
    previousDir: typeof previousDir === 'string' ? previousDir : '',
  };
}

function accumulatedOf(recovery: ValueObject): Accumulated {
  const mods = recovery['_all_mod_spec'];
  const objectAt = (value: Value, fallback: ValueObject): ValueObject => (isObject(value) ? value : fallback);
  return {
    _all_stored_data: objectAt(recovery['_all_stored_data'], NOTHING_YET._all_stored_data),
    _all_update_spec: objectAt(recovery['_all_update_spec'], NOTHING_YET._all_update_spec),
    _all_mod_spec: Array.isArray(mods) ? (mods as readonly Value[]) : NOTHING_YET._all_mod_spec,
  };
}

export async function assertPreviousDir({ previousDir }: Recovery): Promise<void> {
  const found = await stat(previousDir).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new ActionError(
    `the directory of the launch that is to be recovered is not there: ${previousDir} (is this the machine that it ran on?)`,
  );
}

/** Everything that lies there, over what is here, but for what its rocket has noted of its own job. */
export async function copyPreviousDir({ previousDir }: Recovery, launchDir: string): Promise<void> {
  for (const entry of await readdir(previousDir)) {
    if (entry === JOB_FOLDER) continue;
    const source = join(previousDir, entry);
    // A launch directory inside the old one would be copied into itself.
    if (launchDir === source || launchDir.startsWith(source + sep)) continue;
    const options = { recursive: true, dereference: true, preserveTimestamps: true, force: true };
    await cp(source, join(launchDir, entry), options);
  }
}

/** An action that an earlier Firetask left in a file is in the accumulators already: it must not count once more. */
export async function setOldActionsAside(launchDir: string): Promise<void> {
  for (const file of ACTION_FILES) {
    await rename(join(launchDir, file), join(launchDir, `${file}.recovered`)).catch(() => undefined);
  }
}
