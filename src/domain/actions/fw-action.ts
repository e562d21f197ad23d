/**
 * What a Firetask returns (FireWorks' FWAction), in the names of its document: the same object stands in FWAction.json, in
 * the launch and, accumulated, in the checkpoint.
 */
import type { Checkpoint, Value, ValueObject } from '../model';

export interface FWAction {
  readonly stored_data: ValueObject;
  readonly exit: boolean;
  readonly update_spec: ValueObject;
  readonly mod_spec: readonly Value[];
  readonly additions: readonly Value[];
  readonly detours: readonly Value[];
  readonly append_wfs: readonly Value[];
  readonly defuse_children: boolean;
  readonly defuse_workflow: boolean;
  readonly propagate: boolean;
}

/** What a Firetask may leave out; a single object stands for a list of one. */
export type FWActionParts = Partial<Omit<FWAction, 'mod_spec' | 'additions' | 'detours' | 'append_wfs'>> & {
  readonly mod_spec?: ValueObject | readonly Value[];
  readonly additions?: ValueObject | readonly Value[];
  readonly detours?: ValueObject | readonly Value[];
  readonly append_wfs?: ValueObject | readonly Value[];
};

/** An action that cannot be read or applied: the Firework fizzles with this message. */
export class ActionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ActionError';
  }
}

const OBJECTS = ['stored_data', 'update_spec'] as const;
const LISTS = ['mod_spec', 'additions', 'detours', 'append_wfs'] as const;
const FLAGS = ['exit', 'defuse_children', 'defuse_workflow', 'propagate'] as const;
/** Came with later releases of FireWorks: files and old documents may lack them. */
const OPTIONAL: ReadonlySet<string> = new Set(['append_wfs', 'defuse_workflow', 'propagate']);

/** All ten keys, in FireWorks' order. */
export function createAction(parts: FWActionParts = {}): FWAction {
  return {
    stored_data: parts.stored_data ?? {},
    exit: parts.exit ?? false,
    update_spec: parts.update_spec ?? {},
    mod_spec: listOf(parts.mod_spec),
    additions: listOf(parts.additions),
    detours: listOf(parts.detours),
    append_wfs: listOf(parts.append_wfs),
    defuse_children: parts.defuse_children ?? false,
    defuse_workflow: parts.defuse_workflow ?? false,
    propagate: parts.propagate ?? false,
  };
}

/** An action as it stands in a file or a launch; throws ActionError for what FireWorks could not read. */
export function readAction(value: Value): FWAction {
  if (!isRecord(value)) throw new ActionError('an FWAction must be an object');
  for (const key of [...OBJECTS, ...LISTS, ...FLAGS]) {
    if (!Object.hasOwn(value, key) && !OPTIONAL.has(key))
      throw new ActionError(`the FWAction lacks "${key}"`);
  }
  return checkAction(value);
}

/** An action as a Firetask returned it; throws ActionError where a part is not what it must be. */
export function checkAction(value: ValueObject): FWAction {
  const known: readonly string[] = [...OBJECTS, ...LISTS, ...FLAGS];
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new ActionError(`an FWAction has no "${key}"`);
  }
  for (const key of OBJECTS) expect(value, key, isRecord, 'an object');
  for (const key of LISTS) expect(value, key, (part) => Array.isArray(part) || isRecord(part), 'a list');
  for (const key of FLAGS) expect(value, key, (part) => typeof part === 'boolean', 'true or false');
  return createAction(value);
}

function expect(value: ValueObject, key: string, fits: (part: Value) => boolean, wanted: string): void {
  const part = value[key];
  if (part !== undefined && part !== null && !fits(part)) {
    throw new ActionError(`"${key}" of the FWAction must be ${wanted}`);
  }
}

/** After such an action the remaining Firetasks of the Firework are not run. */
export function endsTaskList(action: FWAction): boolean {
  const { exit, detours, additions, append_wfs, defuse_children, defuse_workflow } = action;
  const grows = detours.length > 0 || additions.length > 0 || append_wfs.length > 0;
  return exit || grows || defuse_children || defuse_workflow;
}

/** What the Firetasks of one Firework have returned so far. */
export type Accumulated = Omit<Checkpoint, '_task_n'>;

export const NOTHING_YET: Accumulated = { _all_stored_data: {}, _all_update_spec: {}, _all_mod_spec: [] };

export function accumulate(
  before: Accumulated,
  { stored_data, update_spec, mod_spec }: FWAction,
): Accumulated {
  return {
    _all_stored_data: { ...before._all_stored_data, ...stored_data },
    _all_update_spec: { ...before._all_update_spec, ...update_spec },
    _all_mod_spec: [...before._all_mod_spec, ...mod_spec],
  };
}

/** The action of the whole Firework: the last Firetask's, with what all of them stored and changed. */
export function wholeAction(last: FWAction, all: Accumulated): FWAction {
  return {
    ...last,
    stored_data: all._all_stored_data,
    update_spec: all._all_update_spec,
    mod_spec: all._all_mod_spec,
  };
}

function listOf(value: ValueObject | readonly Value[] | null | undefined): readonly Value[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

function isRecord(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('_bsontype' in value);
}
