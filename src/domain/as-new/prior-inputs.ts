/** A new definition of a workflow with the inputs of a run of the old one: keys of specs that do not begin with `_`. */
import type { Firework, NewWorkflow, ValueObject } from '../model';
import { isObject } from '../model';
import { dynamicMembers } from './dynamic-members';
import { pushesByTarget } from './pushes';
import { chosenSpec, type RecordedRun } from './recorded-run';
import { originOf } from './run-metadata';

export interface PriorInputs {
  readonly workflow: NewWorkflow;
  readonly notes: readonly string[];
}

/**
 * Fireworks are matched by their names, several of one name in the order of their ids. A definition of one Firework takes
 * the inputs of `fwId`, whatever it is called.
 */
export function withPriorInputs(definition: NewWorkflow, run: RecordedRun, fwId: number): PriorInputs {
  const notes: string[] = [];
  const prior = priorFireworks(definition, run, fwId);
  const pushed = pushedKeys(run);
  const unrecorded: string[] = [];
  const without: string[] = [];
  const fireworks = definition.fireworks.map((one): Firework => {
    const was = prior.get(one.fwId);
    if (!was) without.push(one.name);
    if (!was) return one;
    const { spec, recorded } = chosenSpec(run, was, 'first run');
    if (recorded === 'no') unrecorded.push(`${String(was.fwId)} ${was.name}`);
    const inputs = Object.entries(spec).filter(
      ([key]) => !key.startsWith('_') && !pushed.get(was.fwId)?.has(key),
    );
    return { ...one, spec: { ...one.spec, ...Object.fromEntries(inputs) } };
  });
  if (without.length > 0)
    notes.push(`not in the recorded run, and as the definition has them: ${without.join(', ')}`);
  if (unrecorded.length > 0)
    notes.push(`not recorded how these were first run, taken as they are now: ${unrecorded.join(', ')}`);
  const metadata = isObject(definition.metadata) ? definition.metadata : {};
  const origin = originOf(run, definition.fireworks.length === 1 ? fwId : undefined);
  return { workflow: { ...definition, fireworks, metadata: { ...metadata, ...origin } }, notes };
}

/** By the ids of the definition. */
function priorFireworks(
  { fireworks }: NewWorkflow,
  run: RecordedRun,
  fwId: number,
): ReadonlyMap<number, Firework> {
  const [only, ...more] = fireworks;
  const named = run.fireworks.get(fwId);
  if (only && named && more.length === 0) return new Map([[only.fwId, named]]);
  const creators = dynamicMembers(run);
  const recorded = byName([...run.fireworks.values()].filter((one) => !creators.has(one.fwId)));
  const found = new Map<number, Firework>();
  for (const [name, list] of byName(fireworks)) {
    for (const [index, { fwId: id }] of list.entries()) {
      const was = recorded.get(name)?.[index];
      if (was) found.set(id, was);
    }
  }
  return found;
}

function byName(fireworks: readonly Firework[]): ReadonlyMap<string, readonly Firework[]> {
  const found = new Map<string, Firework[]>();
  for (const one of [...fireworks].sort((a, b) => a.fwId - b.fwId)) {
    const known = found.get(one.name);
    if (known) known.push(one);
    else found.set(one.name, [one]);
  }
  return found;
}

/** What parents hand on is no input of the run: the new definition hands on its own. */
function pushedKeys(run: RecordedRun): ReadonlyMap<number, ReadonlySet<string>> {
  return new Map(
    [...pushesByTarget(run)].map(([fwId, pushes]) => {
      const keys = pushes.flatMap(({ action }) => [
        ...Object.keys(action.update_spec),
        ...action.mod_spec.filter(isObject).flatMap(keysOfMod),
      ]);
      return [fwId, new Set(keys)];
    }),
  );
}

function keysOfMod(mod: ValueObject): readonly string[] {
  return Object.values(mod)
    .filter(isObject)
    .flatMap((settings) => Object.keys(settings).map((key) => key.split('->')[0] ?? key));
}
