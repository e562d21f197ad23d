/** A Firework that is yet to be added: what it runs, and which Fireworks come before it. */
import type { ValueObject } from '../domain/model';
import { FiretaskSpec } from './firetask-spec';

export interface FireworkOptions {
  readonly name?: string;
  /** Fireworks of the same Workflow that must be COMPLETED first. */
  readonly parents?: Firework | readonly Firework[];
  /** More keys of the spec: data for the Firetasks, and FireWorks' own such as `_priority`. */
  readonly spec?: ValueObject;
}

let lastId = 0;

/**
 * `new Firework(new ScriptTask({ script: 'echo hello' }), { name: 'hello' })`. Until it is added, its id is negative; then
 * {@link LaunchPad.addWorkflow} gives it the one of the database.
 */
export class Firework {
  fwId: number;
  readonly name: string | undefined;
  readonly parents: readonly Firework[];
  readonly spec: ValueObject;

  constructor(tasks: FiretaskSpec | readonly FiretaskSpec[], options: FireworkOptions = {}) {
    const list = tasks instanceof FiretaskSpec ? [tasks] : tasks;
    this.fwId = lastId -= 1;
    this.name = options.name;
    this.parents = options.parents instanceof Firework ? [options.parents] : (options.parents ?? []);
    this.spec = { ...options.spec, _tasks: list.map((task) => task.toDict()) };
  }

  /** As it stands in a workflow file. */
  toDict(): ValueObject {
    const { fwId, name, spec } = this;
    return { fw_id: fwId, ...(name === undefined ? {} : { name }), spec };
  }
}
