/**
 * Members that came to be while the workflow ran. Nothing in the database says so; but an action holds its new Fireworks as
 * they were made, and a member of the same name, made at the same moment, is one of them.
 */
import { isObject, type Value, type ValueObject } from '../model';
import { timestampMillis } from '../timestamps';
import { withDescendants } from '../workflow-graph';
import { doneActions, type DoneAction, type RecordedRun } from './recorded-run';

/** From each of these members to the Firework whose action created it. */
export function dynamicMembers(run: RecordedRun): ReadonlyMap<number, number> {
  const makers = makersByMark(run);
  const creators = new Map<number, number>();
  if (makers.size === 0) return creators;
  for (const { fwId, name, createdOn } of run.fireworks.values()) {
    // New ids are above all that were there.
    const possible = (makers.get(markOf(name, createdOn)) ?? []).filter((maker) => maker < fwId);
    const creator = possible.length > 1 ? possible.find((one) => isAbove(run, one, fwId)) : possible[0];
    if (creator !== undefined) creators.set(fwId, creator);
  }
  return creators;
}

/** Several only where actions made Fireworks of one name in the same millisecond. */
function makersByMark(run: RecordedRun): ReadonlyMap<string, readonly number[]> {
  const makers = new Map<string, number[]>();
  for (const done of doneActions(run)) {
    for (const { name, created_on: createdOn } of newFireworks(done)) {
      const mark = markOf(name, isObject(createdOn) ? createdOn['$date'] : createdOn);
      const known = makers.get(mark);
      if (!known) makers.set(mark, [done.fwId]);
      else if (!known.includes(done.fwId)) known.push(done.fwId);
    }
  }
  return makers;
}

function markOf(name: Value, moment: Value): string {
  const millis = typeof moment === 'string' || moment instanceof Date ? timestampMillis(moment) : NaN;
  return `${String(millis)} ${typeof name === 'string' && name !== '' ? name : 'Unnamed FW'}`;
}

function isAbove({ workflow }: RecordedRun, one: number, other: number): boolean {
  return withDescendants(workflow.links, [one]).has(other);
}

function newFireworks({ action }: DoneAction): readonly ValueObject[] {
  const appended = action.append_wfs.map((item) => (isObject(item) ? item['workflow'] : undefined));
  return [...action.detours, ...action.additions, ...appended].flatMap(fireworksIn);
}

function fireworksIn(item: Value): readonly ValueObject[] {
  if (!isObject(item)) return [];
  const { fws } = item;
  return Array.isArray(fws) ? (fws as readonly Value[]).filter(isObject) : [item];
}
