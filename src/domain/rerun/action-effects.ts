/** What the action of a launch did to the rest of its workflow, as it is kept in the record of the launch. */
import type { Value } from '../model';
import { ABSENT, insertedBy, type FieldChange, type WorkflowPatch } from '../patch';

/** A change of the spec of another Firework, in stored names. What was absent has no `before`, what is removed no `after`. */
export interface SpecEffect {
  readonly fw_id: number;
  /** Below `spec`. */
  readonly path: readonly string[];
  readonly before?: Value;
  readonly after?: Value;
}

export interface ActionEffects {
  /** Ids of the Fireworks that it added. */
  readonly created: readonly number[];
  readonly specs: readonly SpecEffect[];
}

/** Written by a refresh, whatever the action says. */
const NOT_OF_ACTIONS: ReadonlySet<string | undefined> = new Set(['_fizzled_parents']);

/** What the end of a launch did to others, of the patches that it wrote; undefined for the many that changed states alone. */
export function effectsOf(patches: readonly WorkflowPatch[]): ActionEffects | undefined {
  const changes = patches
    .flatMap((patch) => patch.changes)
    .filter(({ collection }) => collection === 'fireworks');
  const created = changes.filter((one) => insertedBy(one) !== undefined).map(({ id }) => Number(id));
  const specs = changes.flatMap(({ id, fields }) =>
    fields.filter(isOfAction).map((field) => specEffect(Number(id), field)),
  );
  return created.length + specs.length === 0 ? undefined : { created, specs };
}

function isOfAction({ path: [first, key] }: FieldChange): boolean {
  return first === 'spec' && !NOT_OF_ACTIONS.has(key);
}

function specEffect(fwId: number, { path, before, after }: FieldChange): SpecEffect {
  return {
    fw_id: fwId,
    path: path.slice(1),
    ...(before === ABSENT ? {} : { before }),
    ...(after === ABSENT ? {} : { after }),
  };
}
