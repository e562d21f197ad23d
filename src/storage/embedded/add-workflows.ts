/** New workflows, all in one transaction: a rocket never sees half of one. */
import { ObjectId } from 'bson';
import type { NewWorkflow } from '../../domain/model';
import { LpadError } from '../../errors';
import { fireworkToDocument, workflowToDocument } from '../documents';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { putFirework, putWorkflow } from './lmdb/put-documents';

export function addWorkflows(database: EmbeddedDatabase, workflows: readonly NewWorkflow[]): void {
  database.write((tables) => {
    for (const workflow of workflows) addWorkflow(tables, workflow);
  });
}

function addWorkflow(tables: Tables, workflow: NewWorkflow): void {
  for (const firework of workflow.fireworks) {
    if (tables.fireworks.doesExist(firework.fwId)) {
      throw new LpadError(
        'FAILED',
        `could not add the workflows, nothing was added: there is a Firework ${firework.fwId} already`,
      );
    }
    putFirework(tables, { _id: new ObjectId(), ...fireworkToDocument(firework) });
  }
  // MongoDB would give these _ids; queries and exports see the same documents here.
  const id = new ObjectId();
  putWorkflow(tables, id.toHexString(), { _id: id, ...workflowToDocument(workflow) });
}
