/** What a Firetask of one's own returns. */
import { createAction } from '../domain/actions/fw-action';
import type { Value, ValueObject } from '../domain/model';
import { Firework } from './firework';
import { Workflow } from './workflow';

/** A Firework or Workflow, or one as it stands in a workflow file. */
export type Grown = Firework | Workflow | ValueObject;

/** Names and meanings are FireWorks'. */
export interface FWActionOptions {
  /** Kept with the launch, for people and queries. */
  readonly stored_data?: ValueObject;
  /** The remaining Firetasks of the Firework are not run. */
  readonly exit?: boolean;
  /** Keys of the children's specs. */
  readonly update_spec?: ValueObject;
  /** Changes of the children's specs: `{ _push: { results: 3 } }`. */
  readonly mod_spec?: ValueObject | readonly ValueObject[];
  /** New children; what is below this Firework does not wait for them. */
  readonly additions?: Grown | readonly Grown[];
  /** New children that whatever is below this Firework waits for. */
  readonly detours?: Grown | readonly Grown[];
  readonly defuse_children?: boolean;
  readonly defuse_workflow?: boolean;
  /** `update_spec` and `mod_spec` reach everything below, not the children alone. */
  readonly propagate?: boolean;
}

/** `return new FWAction({ update_spec: { energy: -1.5 } })` */
export class FWAction {
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

  constructor({ additions = [], detours = [], ...parts }: FWActionOptions = {}) {
    const action = createAction({ ...parts, additions: dictsOf(additions), detours: dictsOf(detours) });
    this.stored_data = action.stored_data;
    this.exit = action.exit;
    this.update_spec = action.update_spec;
    this.mod_spec = action.mod_spec;
    this.additions = action.additions;
    this.detours = action.detours;
    this.append_wfs = action.append_wfs;
    this.defuse_children = action.defuse_children;
    this.defuse_workflow = action.defuse_workflow;
    this.propagate = action.propagate;
  }
}

function dictsOf(grown: Grown | readonly Grown[]): readonly Value[] {
  return (Array.isArray(grown) ? (grown as readonly Grown[]) : [grown as Grown]).map((one) =>
    one instanceof Firework || one instanceof Workflow ? one.toDict() : one,
  );
}
