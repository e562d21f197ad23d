/** Python's FireWorks in a simulation, step by step as documents.md (sections 9 and 10) tells. */
import { setTimeout as sleep } from 'node:timers/promises';
import { workflowState } from '../../../src/domain/rules/workflow-state';
import { workflowFromDocument } from '../../../src/storage/documents';
import type { FireworkState } from '../../../src/domain/state';
import type { MemoryDocument } from '../../support/memory-store-filter';
import type { World } from './world';

/** `lpad pause_fws -i N`: the state at once, then the refresh under the lock. */
export async function pause({ database }: World, fwId: number): Promise<void> {
  const { fireworks, workflows } = database;
  const pausable = { fw_id: fwId, state: { $in: ['WAITING', 'READY', 'RESERVED'] } };
  const paused = await fireworks.updateOne(pausable, { $set: { state: 'PAUSED', updated_on: new Date() } });
  if (paused.matchedCount === 0) return;
  await lock(database, fwId);
  const workflow = await workflows.findOne({ nodes: fwId });
  const firework = await fireworks.findOne({ fw_id: fwId });
  if (!workflow || !firework) throw new Error(`Firework ${String(fwId)} is gone`);
  const state = firework['state'] as FireworkState;
  await workflows.replaceOne({ nodes: fwId }, noting(workflow, fwId, state));
  await workflows.updateOne({ nodes: fwId }, { $unset: { locked: '' } });
}

async function lock({ workflows }: World['database'], fwId: number): Promise<void> {
  for (let attempt = 1; attempt < 50; attempt += 1) {
    const free = { nodes: fwId, locked: { $exists: false } };
    const options = { returnDocument: 'after' as const };
    if (await workflows.findOneAndUpdate(free, { $set: { locked: true } }, options)) return;
    await sleep(attempt * 100);
  }
  throw new Error('LockedWorkflowError');
}

function noting(workflow: MemoryDocument, fwId: number, state: FireworkState): MemoryDocument {
  const states = { ...(workflow['fw_states'] as object), [String(fwId)]: state };
  const { links, fwStates } = workflowFromDocument({ ...workflow, fw_states: states }, '');
  return { ...workflow, fw_states: states, state: workflowState(links, fwStates, () => false) };
}
