/**
 * Takes back what the actions of launches did that are run again (`--rollback-dynamic`): Fireworks that they added leave
 * the workflow and are archived with their launches, specs that they changed become what they were, where nobody has
 * changed them since. The graph is then what it was before the action: an ARCHIVED member would keep whatever is below it
 * WAITING, and its workflow from ever being COMPLETED.
 */
import type { Value } from '../model';
import { ABSENT, type Absent } from '../patch';
import { sameValue } from '../same-value';
import { isUnderWay } from '../state';
import type { SpecPath } from '../spec-draft';
import type { WorkflowDraft } from '../workflow-draft';
import { childrenOf } from '../workflow-graph';
import type { ActionEffects, SpecEffect } from './action-effects';
import { nameOf } from './rerun-words';

export interface LaunchDeeds {
  /** What is known to have been done: as our rocket noted it, or as far as it can be told from the action. */
  readonly effects: ActionEffects;
  /** What cannot be taken back, in words that go on behind the Firework's name. */
  readonly untold: readonly string[];
}

/** By launch; those that did nothing to others have no entry. */
export type Deeds = ReadonlyMap<number, LaunchDeeds>;

export interface Rollback {
  /** Members that were added, and go. */
  readonly created: ReadonlySet<number>;
  /** Whose actions are taken back, the latest launch first. */
  readonly launches: readonly {
    readonly fwId: number;
    readonly launchId: number;
    readonly isActive: boolean;
  }[];
}

/** What is to be taken back when these are run again; in words why it cannot be. */
export function findRollback(
  draft: WorkflowDraft,
  fwIds: readonly number[],
  deeds: Deeds,
): Rollback | string {
  const created = new Set<number>();
  const launches: { fwId: number; launchId: number; isActive: boolean }[] = [];
  // Those that were added have added others in turn.
  const queue = new Set(fwIds);
  for (const fwId of queue) {
    const active = draft.launchesOf(fwId);
    for (const launchId of new Set([...active, ...draft.archivedLaunchesOf(fwId)])) {
      const done = deeds.get(launchId);
      if (!done) continue;
      launches.push({ fwId, launchId, isActive: active.includes(launchId) });
      for (const id of done.effects.created) {
        if (!draft.isMember(id)) continue;
        created.add(id);
        queue.add(id);
      }
    }
  }
  launches.sort((one, other) => other.launchId - one.launchId);
  return whyNot(draft, created) ?? { created, launches };
}

/** What somebody hung below an added Firework alone would be left without parents, and run. */
function whyNot(draft: WorkflowDraft, created: ReadonlySet<number>): string | undefined {
  for (const fwId of created) {
    for (const child of childrenOf(draft.links(), fwId)) {
      if (created.has(child) || draft.parentsOf(child).some((parent) => !created.has(parent))) continue;
      return `${nameOf(draft, child)} hangs below ${nameOf(draft, fwId)}, which --rollback-dynamic would take away; delete it first`;
    }
  }
  return undefined;
}

/** Before the members are reset; what was done, in words. */
export function takeBack(
  draft: WorkflowDraft,
  { created, launches }: Rollback,
  deeds: Deeds,
): readonly string[] {
  const notes: string[] = [];
  const restored: string[] = [];
  for (const { fwId, launchId, isActive } of launches) {
    const done = deeds.get(launchId);
    if (!done) continue;
    for (const effect of done.effects.specs) {
      if (created.has(effect.fw_id) || !draft.isMember(effect.fw_id)) continue;
      const where = `spec.${effect.path.join('.')} of ${nameOf(draft, effect.fw_id)}`;
      const why = whyLeft(draft, effect);
      if (why === undefined) {
        restore(draft, effect);
        restored.push(where);
      } else if (isActive) notes.push(`left alone: ${where} ${why}`);
    }
    for (const untold of created.has(fwId) ? [] : done.untold)
      if (isActive) notes.push(`not taken back: ${nameOf(draft, fwId)} ${untold}`);
  }
  for (const fwId of created) {
    if (draft.launchesOf(fwId).length > 0) draft.archiveLaunches(fwId);
    draft.putState(fwId, 'ARCHIVED');
  }
  const gone = [...created].map((fwId) => nameOf(draft, fwId));
  draft.removeMembers(created);
  return [
    ...(gone.length > 0 ? [`takes back: ${gone.join(', ')} archived`] : []),
    ...(restored.length > 0 ? [`takes back: ${restored.join(', ')}`] : []),
    ...notes,
  ];
}

function whyLeft(draft: WorkflowDraft, { fw_id: fwId, path, ...values }: SpecEffect): string | undefined {
  if (!draft.view.fireworks.has(fwId)) return 'is not below it any more';
  if (isUnderWay(draft.stateOf(fwId))) return `is in use: it is ${draft.stateOf(fwId)}`;
  const after: Value | Absent = 'after' in values ? values.after : ABSENT;
  return sameValue(draft.specAt(fwId, path as unknown as SpecPath), after) ? undefined : 'has changed since';
}

function restore(draft: WorkflowDraft, { fw_id: fwId, path, ...values }: SpecEffect): void {
  draft.setSpec(fwId, path as unknown as SpecPath, 'before' in values ? values.before : ABSENT);
}
