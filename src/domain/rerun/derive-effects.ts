/** What the action of a launch did whose rocket noted nothing of it: as far as it can be told from the action itself. */
import { isObject, type Firework, type Value, type ValueObject } from '../model';
import { timestampMillis } from '../timestamps';
import type { LaunchDeeds } from './rollback';

/** A Firework in an action: FireWorks keeps its name and the moment at which it was made. */
interface Added {
  readonly name: string;
  readonly createdOn: number;
}

/** `below` are the Fireworks below the one that ran. Undefined for an action that did nothing to others. */
export function deriveDeeds(action: ValueObject | null, below: readonly Firework[]): LaunchDeeds | undefined {
  if (!action) return undefined;
  const untold: string[] = [];
  const keys = [...Object.keys(objectOf(action['update_spec'])), ...modifiedKeys(action['mod_spec'])];
  if (keys.length > 0)
    untold.push(`changed ${[...new Set(keys)].join(', ')} in specs: what stood there before was not noted`);
  const workflows = [
    ...listOf(action['additions']),
    ...listOf(action['detours']),
    ...listOf(action['append_wfs']).map((one) => objectOf(one)['workflow']),
  ];
  const added = workflows.flatMap(fireworksIn);
  const created = identify(added, below);
  if (!created)
    untold.push(
      `added ${String(workflows.length)} ${workflows.length === 1 ? 'workflow' : 'workflows'}: which Fireworks they became cannot be told`,
    );
  if (untold.length === 0 && added.length === 0) return undefined;
  return { effects: { created: created ?? [], specs: [] }, untold };
}

/** By name and moment; undefined unless each of them is exactly one. */
function identify(added: readonly Added[], below: readonly Firework[]): readonly number[] | undefined {
  const free = new Map<string, number[]>();
  for (const { fwId, name, createdOn } of below) {
    const key = keyOf(name, timestampMillis(createdOn));
    free.set(key, [...(free.get(key) ?? []), fwId]);
  }
  const wanted = new Map<string, number>();
  for (const { name, createdOn } of added) {
    const key = keyOf(name, createdOn);
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const found: number[] = [];
  for (const [key, count] of wanted) {
    const ids = free.get(key) ?? [];
    // None: they were taken back before, or deleted.
    if (ids.length !== count && ids.length > 0) return undefined;
    found.push(...ids);
  }
  return found.length === 0 && added.length > 0 ? undefined : found;
}

function keyOf(name: string, millis: number): string {
  return `${String(millis)} ${name}`;
}

function fireworksIn(value: Value): readonly Added[] {
  const file = objectOf(value);
  const fireworks = Array.isArray(file['fws']) ? listOf(file['fws']) : [file];
  return fireworks.map(objectOf).map(({ name, created_on: createdOn }) => ({
    name: typeof name === 'string' ? name : 'Unnamed FW',
    createdOn: typeof createdOn === 'string' || createdOn instanceof Date ? timestampMillis(createdOn) : NaN,
  }));
}

/** `{"_push": {"a": 1}}` changes a. */
function modifiedKeys(mods: Value): readonly string[] {
  return listOf(mods).flatMap((mod) =>
    Object.values(objectOf(mod)).flatMap((one) => Object.keys(objectOf(one))),
  );
}

function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

function objectOf(value: Value): ValueObject {
  return isObject(value) ? value : {};
}
