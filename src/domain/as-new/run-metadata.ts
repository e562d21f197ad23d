/** What the metadata of a new run say of it. */
import { isObject, type NewWorkflow, type Value, type ValueObject } from '../model';
import { lowestOf } from '../workflow-graph';
import type { NewRunWishes, PlanInput } from './new-run';
import type { RecordedRun } from './recorded-run';
import { editedSpec } from './run-specs';

export function metadataOf({ run, way, wishes }: PlanInput): Value {
  const { rerun_from: _, root_of: __, ...kept } = describedBy(run.workflow.metadata, wishes);
  return {
    ...kept,
    ...originOf(run, way.kind === 'alone' ? way.fwId : undefined),
    ...(way.kind === 'from' ? { rerun_from: way.fwId } : {}),
  };
}

/**
 * `rerun_of` names the origin by its lowest fw_id, or the Firework that is run alone. `root_of` names the first one of the family
 * where that is another: whoever asks for it need not walk, and finds it when those between are deleted.
 */
export function originOf(
  { workflow, rootId }: RecordedRun,
  alone: number | undefined,
): Readonly<Record<'rerun_of' | 'root_of', number>> | { readonly rerun_of: number } {
  const rerun_of = alone ?? lowestOf(workflow.nodes);
  return rootId === rerun_of ? { rerun_of } : { rerun_of, root_of: rootId };
}

function describedBy(metadata: Value, { project, domain, labels: more }: NewRunWishes): ValueObject {
  const { labels: known, ...kept } = isObject(metadata) ? metadata : {};
  const labels = { ...(isObject(known) ? known : {}), ...more };
  return {
    ...kept,
    ...(project === undefined ? {} : { project }),
    ...(domain === undefined ? {} : { domain }),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
  };
}

/** A workflow of a file with what is wished for the run; throws where an edit does not fit. */
export function withRunSettings(workflow: NewWorkflow, wishes: NewRunWishes): NewWorkflow {
  return {
    ...workflow,
    name: wishes.name ?? workflow.name,
    metadata: describedBy(workflow.metadata, wishes),
    fireworks: workflow.fireworks.map((one) => ({ ...one, spec: editedSpec(one.spec, wishes, one.name) })),
  };
}
