/** What Fireworks put into the specs of those below them. */
import type { FWAction } from '../actions/fw-action';
import type { ApplyMods } from '../actions/spec-access';
import { specAfter } from '../actions/action-plan';
import type { Value, ValueObject } from '../model';
import { sameValue } from '../same-value';
import { childrenOf, withDescendants } from '../workflow-graph';
import { without } from './past';
import { doneActions, type DoneAction, type RecordedRun } from './recorded-run';

/** A spec as it was before these mod_specs, and the keys of which nobody knows what was there. */
export interface Unmodified {
  readonly spec: ValueObject;
  readonly lost: readonly string[];
}

/** Takes mod_specs back, the last first (specs/dict-mods/undo-mods.ts). */
export type UndoMods = (mods: readonly Value[], spec: ValueObject) => Unmodified;

export type PushesByTarget = ReadonlyMap<number, readonly DoneAction[]>;

/** By the Firework whose spec was changed, the earliest first. */
export function pushesByTarget(run: RecordedRun): PushesByTarget {
  const pushes = new Map<number, DoneAction[]>();
  const { links } = run.workflow;
  for (const done of doneActions(run)) {
    if (!changesSpecs(done.action)) continue;
    const children = new Set(childrenOf(links, done.fwId));
    for (const target of done.action.propagate ? withDescendants(links, children) : children) {
      const known = pushes.get(target);
      if (known) known.push(done);
      else pushes.set(target, [done]);
    }
  }
  return pushes;
}

function changesSpecs({ update_spec, mod_spec }: FWAction): boolean {
  return Object.keys(update_spec).length + mod_spec.length > 0;
}

/**
 * A spec before these pushes, as far as it matters to whoever gets them again: what was pushed to a list or added to a
 * number goes, since it comes once more; what was set is set again and stays, but for FireWorks' own keys.
 */
export function withoutPushes(
  spec: ValueObject,
  pushes: readonly DoneAction[],
  undoMods: UndoMods,
): Unmodified {
  let before = spec;
  const lost: string[] = [];
  for (const { action } of [...pushes].reverse()) {
    const result = undoMods(action.mod_spec, before);
    before = withoutSettings(result.spec, action.update_spec);
    lost.push(...result.lost);
  }
  return { spec: before, lost };
}

/** FireWorks' own, such as the worker that a parent ran on (`_preserve_fworker`). */
function withoutSettings(spec: ValueObject, pushed: ValueObject): ValueObject {
  const gone = Object.entries(pushed).flatMap(([key, value]) =>
    key.startsWith('_') && sameValue(spec[key], value) ? [key] : [],
  );
  return gone.length === 0 ? spec : without(spec, gone);
}

/** A spec with what was handed on to it. */
export function withPushes(
  spec: ValueObject,
  pushes: readonly DoneAction[],
  applyMods: ApplyMods,
): ValueObject {
  return pushes.reduce((before, { action }) => specAfter(before, action, applyMods), spec);
}
