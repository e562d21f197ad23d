/** What a Firework's result depends on, as a key: its name, its Firetasks, and its effective inputs. */
import { createHash } from 'node:crypto';
import { CACHE_FLAG, USE_CACHE_MARK } from '../../domain/cache-entry';
import type { Firework } from '../../domain/model';
import { canonicalText } from '../../specs/printing/canonical-text';

/** Rises when the same Firework gets another key: older entries are found no more. */
const FORMAT = 1;

/**
 * Keys of a spec that say where, when and for whom a Firework runs, and not what it computes. All others are inputs: also
 * `_files_in` and `_files_prev`, `_job_info` and `_fizzled_parents`, which tell of the parents; `_background_tasks`, which
 * are Firetasks; and `_files_out`, `_pass_job_info` and `_preserve_fworker`, which decide on what children are given.
 */
export const NO_INPUTS: ReadonlySet<string> = new Set([
  CACHE_FLAG,
  USE_CACHE_MARK,
  '_priority',
  '_category',
  '_fworker',
  '_queueadapter',
  '_launch_dir',
  '_dupefinder',
  '_trackers',
  '_allow_fizzled_parents',
  '_fw_env',
  '_recovery',
  '_exception_details',
]);

/** 64 hexadecimal digits; of the spec as the rocket got it, after what the parents have put into it. */
export function cacheKeyOf({ name, spec }: Pick<Firework, 'name' | 'spec'>): string {
  const { _tasks: tasks, ...others } = spec;
  const inputs = Object.fromEntries(Object.entries(others).filter(([key]) => !NO_INPUTS.has(key)));
  const text = canonicalText({ format: FORMAT, name, tasks, inputs });
  return createHash('sha256').update(text).digest('hex');
}
