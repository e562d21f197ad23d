/** A Workflow as `get_wflows` prints it (lpad-commands.md, section 2.4). */
import type { Launch } from '../../../domain/model';
import type { FireworkState } from '../../../domain/state';
import type { DescribedWorkflow } from '../../../launchpad/show/describe-workflows';

type Item = Readonly<Record<string, unknown>>;

/** FireWorks names a workflow after the first of its nodes, whichever that is. */
export function workflowId({ workflow }: Pick<DescribedWorkflow, 'workflow'>): number | undefined {
  return workflow.nodes[0];
}

/** `-d less` */
export function lessWorkflow(described: DescribedWorkflow): Item {
  const { state, createdOn } = described.workflow;
  const letters = [...described.states.values()].map(stateLetters).join('-');
  return { state, name: nameWithId(described), created_on: createdOn, states_list: letters };
}

/** `-d more` */
export function moreWorkflow(described: DescribedWorkflow): Item {
  const { metadata } = described.workflow;
  return {
    ...head(described),
    states: statesByName(described),
    launch_dirs: launchDirs(described),
    ...rerunOf(metadata),
  };
}

/** Ours: FireWorks' own workflows have no such thing. */
function rerunOf(metadata: unknown): Item {
  const { rerun_of: origin, rerun_from: from } = (metadata ?? {}) as Item;
  return {
    ...(origin === undefined ? {} : { rerun_of: origin }),
    ...(from === undefined ? {} : { rerun_from: from }),
  };
}

/** `-d reservations` */
export function reservationsWorkflow(described: DescribedWorkflow): Item {
  const launches = byName(described, (launchIds) =>
    launchesOf(described, launchIds).map((launch) => ({
      _id: null,
      launch_dir: launch.launchDir,
      state_history: launch.stateHistory.map(({ reservation_id: id }) =>
        id === undefined ? {} : { reservation_id: id },
      ),
      launch_id: launch.launchId,
    })),
  );
  return { ...head(described), states: statesByName(described), launches };
}

/** `-d all` */
export function allWorkflow(described: DescribedWorkflow): Item {
  const { workflow, parents } = described;
  const names = new Map(described.members.map(({ fwId, name }) => [fwId, `${name}--${String(fwId)}`]));
  const nameOf = (fwId: number): string => names.get(fwId) ?? String(fwId);
  const named = (links: Iterable<readonly [number, readonly number[]]>): Item =>
    Object.fromEntries([...links].map(([from, to]) => [nameOf(from), to.map(nameOf)]));
  return {
    links: named(workflow.links),
    parent_links: named(parents),
    metadata: workflow.metadata,
    ...moreWorkflow(described),
  };
}

function head(described: DescribedWorkflow): Item {
  const { state, createdOn, updatedOn } = described.workflow;
  return { state, name: nameWithId(described), created_on: createdOn, updated_on: updatedOn };
}

function nameWithId(described: DescribedWorkflow): string {
  return `${described.workflow.name}--${String(workflowId(described))}`;
}

/** `C-F-W`, `C-REA`: three letters for the states that begin with R. */
function stateLetters(state: FireworkState): string {
  return state.startsWith('R') ? state.slice(0, 3) : state.slice(0, 1);
}

function statesByName(described: DescribedWorkflow): Item {
  return Object.fromEntries(
    described.members.map(({ fwId, name, state }) => [`${name}--${String(fwId)}`, state]),
  );
}

function launchDirs(described: DescribedWorkflow): Item {
  return byName(described, (launchIds) => launchesOf(described, launchIds).map(({ launchDir }) => launchDir));
}

function byName({ members }: DescribedWorkflow, of: (launchIds: readonly number[]) => unknown): Item {
  return Object.fromEntries(
    members.map(({ fwId, name, launches }) => [`${name}--${String(fwId)}`, of(launches)]),
  );
}

function launchesOf({ launches }: DescribedWorkflow, ids: readonly number[]): readonly Launch[] {
  return ids.flatMap((id) => launches.get(id) ?? []);
}
