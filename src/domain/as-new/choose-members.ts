/** Which members of a recorded run a new one has, and which of them run again. */
import { isHeld, isUnderWay } from '../state';
import { withDescendants } from '../workflow-graph';
import { dynamicMembers } from './dynamic-members';
import { memberOf, Refusal, titleOf, titles, type PlanInput } from './new-run';
import type { RecordedRun } from './recorded-run';

export interface Members {
  /** By ascending fw_id. */
  readonly members: readonly number[];
  readonly executed: ReadonlySet<number>;
  /** Those of them that an action had created. */
  readonly dynamic: ReadonlySet<number>;
}

export function chooseMembers(input: PlanInput, notes: string[]): Members {
  const { run, way } = input;
  const all = [...run.workflow.nodes].sort((one, other) => one - other);
  for (const fwId of all) memberOf(run, fwId);
  if (way.kind !== 'whole' && !run.fireworks.has(way.fwId))
    throw new Refusal(`Firework ${String(way.fwId)} is not in this workflow`);
  if (way.kind === 'alone') return { members: [way.fwId], executed: new Set([way.fwId]), dynamic: new Set() };
  const creators = dynamicMembers(run);
  const again = way.kind === 'whole' ? new Set(all) : partFrom(run, way.fwId, creators, notes);
  const dropped = createdAgain(creators, again);
  if (way.kind === 'from' && dropped.has(way.fwId)) {
    const creator = memberOf(run, creators.get(way.fwId) ?? 0);
    throw new Refusal(
      `${titleOf(memberOf(run, way.fwId))} is created by ${titleOf(creator)}: rerun from that`,
    );
  }
  for (const [creator, made] of grouped(dropped, creators)) {
    notes.push(
      `left out, since ${titleOf(memberOf(run, creator))} creates them when it runs: ${titles(run, made)}`,
    );
  }
  const members = all.filter((fwId) => !dropped.has(fwId));
  return {
    members,
    executed: new Set(members.filter((fwId) => again.has(fwId))),
    dynamic: new Set(members.filter((fwId) => creators.has(fwId))),
  };
}

/** The Firework, all below it, and what has no result that could stand. */
function partFrom(
  run: RecordedRun,
  fwId: number,
  creators: ReadonlyMap<number, number>,
  notes: string[],
): ReadonlySet<number> {
  const again = new Set(withDescendants(run.workflow.links, [fwId]));
  const dropped = createdAgain(creators, again);
  const others = run.workflow.nodes.filter((one) => !again.has(one) && !dropped.has(one));
  const running = others.filter((one) => isUnderWay(memberOf(run, one).state));
  if (running.length > 0)
    throw new Refusal(
      `RUNNING or RESERVED, so that there is no result to take over: ${titles(run, running)}`,
    );
  const open = others.filter((one) => {
    const { state } = memberOf(run, one);
    return state !== 'COMPLETED' && !isHeld(state);
  });
  if (open.length > 0) notes.push(`run as well, since they have no result: ${titles(run, open)}`);
  // What was computed although something above it failed, too.
  return withDescendants(run.workflow.links, [...again, ...open]);
}

/** Members whose creators run again, and will create them again, and what these had created. */
function createdAgain(
  creators: ReadonlyMap<number, number>,
  again: ReadonlySet<number>,
): ReadonlySet<number> {
  const dropped = new Set<number>();
  // Whoever creates has the lower id.
  for (const [made, creator] of [...creators].sort(([one], [other]) => one - other))
    if (again.has(creator) || dropped.has(creator)) dropped.add(made);
  return dropped;
}

function grouped(
  dropped: ReadonlySet<number>,
  creators: ReadonlyMap<number, number>,
): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const fwId of dropped) {
    const creator = creators.get(fwId) ?? fwId;
    const known = groups.get(creator);
    if (known) known.push(fwId);
    else groups.set(creator, [fwId]);
  }
  return groups;
}
