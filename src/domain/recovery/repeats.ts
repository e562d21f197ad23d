/** Whether trying again can come to anything else: how often a Firework failed alike under what it would meet again. */
import type { Value, ValueObject } from '../model';
import type { SpecEdit } from '../rerun/spec-edit';
import { ABSENT } from '../patch';
import { isObject } from '../model';
import { sameValue } from '../same-value';
import { withValue } from '../spec-draft';
import type { Circumstances, Repeats } from './failure-facts';

/** Of the same error this many are enough. */
export const ENOUGH = 2;

/** What FireWorks and rockets write into a spec by themselves, and what changes only when it runs. */
const NOT_COMPARED = new Set([
  '_recovery',
  '_launch_dir',
  '_exception_details',
  '_fizzled_parents',
  '_priority',
  '_use_cache',
]);

export interface NextAttempt {
  /** As it stands today. */
  readonly spec: ValueObject;
  readonly edits: readonly SpecEdit[];
  /** At which Firetask it would begin: 0 without a task-level rerun. */
  readonly firstTask: number;
}

/** `failed`: attempts with the error of the last one, ascending, which is the last of them. */
export function countRepeats(failed: readonly Circumstances[], next: NextAttempt): Repeats {
  const last = failed.at(-1);
  if (!last) return { count: 0, unknownSpecs: 0 };
  const spec = next.edits.reduce<ValueObject>(
    (edited, { path, action, value }) => withValue(edited, path, action === 'set' ? value : ABSENT),
    next.spec,
  );
  const alike = failed.filter(
    (one) => sameSource(one, last) && one.worker === last.worker && sameStart(one, spec, next),
  );
  return { count: alike.length, unknownSpecs: alike.filter((one) => one.spec === undefined).length };
}

function sameSource(one: Circumstances, other: Circumstances): boolean {
  return one.source === other.source || one.source === undefined || other.source === undefined;
}

/** A spec that nobody noted is taken for today's: an edit that would change it is a change. */
function sameStart({ spec: before }: Circumstances, spec: ValueObject, next: NextAttempt): boolean {
  if (before === undefined) return sameSpec(next.spec, spec);
  return startOf(before) === next.firstTask && sameSpec(before, spec);
}

/** The Firetask that a launch with this spec begins with. */
export function startOf(spec: ValueObject): number {
  const recovery: Value = spec['_recovery'];
  return isObject(recovery) ? Number(recovery['_task_n'] ?? 0) : 0;
}

function sameSpec(one: ValueObject, other: ValueObject): boolean {
  return sameValue(compared(one), compared(other));
}

/** Keys in one order: theirs means nothing here. */
function compared(spec: ValueObject): ValueObject {
  const entries = Object.entries(spec).filter(([key]) => !NOT_COMPARED.has(key));
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
