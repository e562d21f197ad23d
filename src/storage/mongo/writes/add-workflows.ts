/** New workflows: their documents first, then their Fireworks, so that a rocket never claims one without a workflow. */
import { ObjectId } from 'mongodb';
import { LpadError, messageOf } from '../../../errors';
import type { NewWorkflow } from '../../../domain/model';
import { fireworkToDocument, workflowToDocument, type StoredDocument } from '../../documents';
import type { MongoConnection } from '../connection';
import { chunksOf } from '../reads/selection';

export async function addWorkflows(
  connection: MongoConnection,
  added: readonly NewWorkflow[],
): Promise<void> {
  // Ids of the documents are drawn here, so that exactly what was inserted can be removed again: never a document that
  // was there before, even if the counters are wrong and a fw_id exists twice.
  const workflows = added.map((workflow) => withId(workflowToDocument(workflow)));
  const fireworks = added.flatMap((workflow) =>
    workflow.fireworks.map((one) => withId(fireworkToDocument(one))),
  );
  if (workflows.length === 0) return;
  try {
    await connection.workflows.insertMany(workflows);
    await connection.fireworks.insertMany(fireworks);
  } catch (error) {
    for (const chunk of chunksOf(fireworks.map(({ _id }) => _id))) {
      await connection.fireworks.deleteMany({ _id: { $in: chunk } });
    }
    for (const chunk of chunksOf(workflows.map(({ _id }) => _id))) {
      await connection.workflows.deleteMany({ _id: { $in: chunk } });
    }
    const why = messageOf(error);
    throw new LpadError('FAILED', `could not add the workflows, nothing was added: ${why}`, { cause: error });
  }
}

function withId(doc: StoredDocument): StoredDocument & { _id: ObjectId } {
  return { _id: new ObjectId(), ...doc };
}
