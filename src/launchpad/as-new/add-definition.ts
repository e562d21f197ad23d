/** Adds a new definition with the inputs of a recorded run (`lpad add --rerun-from`): journaled, as every new run. */
import type { NewRunWishes } from '../../domain/as-new/new-run';
import { withPriorInputs } from '../../domain/as-new/prior-inputs';
import { withRunSettings } from '../../domain/as-new/run-metadata';
import type { NewWorkflow } from '../../domain/model';
import { LpadError } from '../../errors';
import { withCheckedInputs, type Inputs } from '../../specs/inputs';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { finishDeadOwners } from '../locks/finish-dead-owners';
import type { RunContext } from '../run-context';
import { insertRun } from './insert-run';
import { loadRecorded } from './load-recorded';

export interface DefinitionRequest {
  /** Its ids are its own. */
  readonly definition: NewWorkflow;
  /** A Firework of the recorded run. */
  readonly fwId: number;
  readonly wishes?: NewRunWishes;
  readonly inputs?: Inputs;
}

export interface AddedDefinition {
  readonly journalId: string;
  readonly name: string;
  /** From the ids of the definition to those in the database. */
  readonly idMap: ReadonlyMap<number, number>;
  readonly notes: readonly string[];
}

/** Throws NOT_FOUND, BAD_INPUTS, CONFLICT, with nothing written. */
export async function addDefinition(
  store: LaunchPadStore,
  { definition, fwId, wishes, inputs }: DefinitionRequest,
  context: RunContext,
): Promise<AddedDefinition> {
  await finishDeadOwners(store);
  const recorded = await loadRecorded(store, fwId);
  const { workflow: joined, notes } = withPriorInputs(definition, recorded, fwId);
  const workflow = wishes ? withRunSettings(joined, wishes) : joined;
  const fireworks = withCheckedInputs(workflow.fireworks, inputs);
  const run = { workflow: { ...workflow, fireworks }, launches: [], records: [] };
  const inserted = await insertRun(store, run, 0, context);
  if (inserted.kind === 'conflict') throw new LpadError('CONFLICT', `nothing was added: ${inserted.reason}`);
  return { journalId: context.run, name: workflow.name, idMap: inserted.idMap, notes };
}
