/** The patch that brings a new workflow, whole, with the launches that come along with it. */
import type { LaunchRecord } from '../launch-record';
import type { Firework, Launch, Links, NewWorkflow, ValueObject } from '../model';
import { insertion, type WorkflowPatch } from '../patch';
import { parentsByChild } from '../workflow-graph';

/** From the ids of a plan to those of the database. */
export interface NewIds {
  readonly fireworks: ReadonlyMap<number, number>;
  readonly launches: ReadonlyMap<number, number>;
}

export interface RunDocuments {
  readonly workflow: NewWorkflow;
  readonly launches: readonly Launch[];
  /** Of these launches, as far as there are any. */
  readonly records: readonly LaunchRecord[];
}

/** `first` and those that follow belong to it, in the ascending order of the plan's. */
export function numbered(ids: readonly number[], first: number): ReadonlyMap<number, number> {
  const inOrder = [...ids].sort((one, other) => one - other);
  return new Map(inOrder.map((id, index) => [id, first + index]));
}

type LaunchIds = Pick<Launch, 'launchId' | 'fwId'>;

/** With the ids of the database. */
export function withNewIds({ workflow, launches, records }: RunDocuments, ids: NewIds): RunDocuments {
  const idOf = (fwId: number): number => ids.fireworks.get(fwId) ?? fwId;
  const launchOf = (launchId: number): number => ids.launches.get(launchId) ?? launchId;
  const owners = new Map(
    workflow.fireworks.flatMap(({ fwId, launches: own }) => own.map((id) => [id, fwId] as const)),
  );
  // One that was shared with another workflow belongs to whoever lists it here.
  const ownerOf = ({ fwId, launchId }: LaunchIds): number =>
    ids.fireworks.has(fwId) ? fwId : (owners.get(launchId) ?? fwId);
  const copyOf = <Copied extends LaunchIds>(one: Copied): Copied => {
    return { ...one, launchId: launchOf(one.launchId), fwId: idOf(ownerOf(one)) };
  };
  const fireworks = workflow.fireworks.map((one): Firework => ({
    ...one,
    fwId: idOf(one.fwId),
    launches: one.launches.map(launchOf),
  }));
  const links: Links = new Map([...workflow.links].map(([from, to]) => [idOf(from), to.map(idOf)]));
  return {
    workflow: { ...workflow, fireworks, links },
    launches: launches.map(copyOf),
    records: records.map((one) => ({ ...copyOf(one), copyOf: one.launchId })),
  };
}

export function newRunPatch(
  workflowKey: string,
  { workflow, launches, records }: RunDocuments,
): WorkflowPatch {
  return {
    workflowKey,
    changes: [
      ...launches.map((one) => insertion('launches', one.launchId, one)),
      ...records.map((one) => insertion('launchRecords', one.launchId, { _id: one.launchId, ...one })),
      ...workflow.fireworks.map((one) => insertion('fireworks', one.fwId, one)),
      insertion('workflows', workflowKey, wholeWorkflow(workflow)),
    ],
  };
}

function wholeWorkflow(workflow: NewWorkflow): ValueObject {
  const { name, metadata, links, fireworks, state, createdOn, updatedOn } = workflow;
  return {
    nodes: fireworks.map(({ fwId }) => fwId),
    links: byText(links),
    parentLinks: byText(parentsByChild(links)),
    metadata,
    state,
    name,
    createdOn,
    updatedOn,
    fwStates: Object.fromEntries(fireworks.map((one) => [String(one.fwId), one.state])),
  };
}

function byText(links: Links): ValueObject {
  return Object.fromEntries([...links].map(([from, to]) => [String(from), to]));
}
