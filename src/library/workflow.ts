/** A Workflow that is yet to be added. */
import type { ValueObject } from '../domain/model';
import type { Firework } from './firework';

export interface WorkflowOptions {
  readonly name?: string;
  /** Free data, for queries. */
  readonly metadata?: ValueObject;
  /** Parents and children, besides what the Fireworks say of their parents. */
  readonly links?: ReadonlyMap<Firework, readonly Firework[]>;
}

/** `new Workflow([one, two], { name: 'both' })`; the order is that of the `parents` of its Fireworks, and of `links`. */
export class Workflow {
  readonly fireworks: readonly Firework[];
  readonly name: string | undefined;
  readonly metadata: ValueObject;
  readonly links: ReadonlyMap<Firework, readonly Firework[]>;

  constructor(
    fireworks: readonly Firework[],
    { name, metadata = {}, links = new Map() }: WorkflowOptions = {},
  ) {
    this.fireworks = fireworks;
    this.name = name;
    this.metadata = metadata;
    this.links = links;
  }

  /** As it stands in a workflow file. */
  toDict(): ValueObject {
    const children = new Map<number, Set<number>>();
    const link = (parent: Firework, child: Firework): void => {
      children.set(parent.fwId, (children.get(parent.fwId) ?? new Set()).add(child.fwId));
    };
    for (const [parent, ones] of this.links) for (const child of ones) link(parent, child);
    for (const child of this.fireworks) for (const parent of child.parents) link(parent, child);
    return {
      ...(this.name === undefined ? {} : { name: this.name }),
      fws: this.fireworks.map((one) => one.toDict()),
      links: Object.fromEntries([...children].map(([id, ones]) => [String(id), [...ones]])),
      metadata: this.metadata,
    };
  }
}
