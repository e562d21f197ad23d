/** What the metadata of a new run say of it. */
import { isObject, type NewWorkflow, type Value, type ValueObject } from '../model';
import { lowestOf } from '../workflow-graph';
import type { NewRunWishes, PlanInput } from './new-run';
import { editedSpec } from './run-specs';

/** `rerun_of` names the origin by its lowest fw_id, or the Firework itself. */
export function metadataOf({ run, way, wishes }: PlanInput): Value {
  const { nodes } = run.workflow;
  const { rerun_from: _, ...kept } = describedBy(run.workflow.metadata, wishes);
  return {
    ...kept,
    rerun_of: way.kind === 'alone' ? way.fwId : lowestOf(nodes),
    ...(way.kind === 'from' ? { rerun_from: way.fwId } : {}),
  };
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
