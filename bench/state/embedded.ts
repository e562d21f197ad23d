/** The same state in an embedded store: a folder that is made once and copied before every run. */
import { cpSync, rmSync } from 'node:fs';
import { ObjectId } from 'bson';
import { loadBuilt } from '../run/load-built';
import { fireworkDocument, launchDocument, workflowDocument, type Document } from './documents';
import { nameOf, type Seed } from './seed';

type Put = (tables: unknown, ...args: readonly unknown[]) => void;

/** What is needed of dist/, which is built when a benchmark starts: the types of src/ do not hold for it. */
interface EmbeddedModules {
  readonly EmbeddedDatabase: { open(folder: string): Promise<Database> };
  readonly prepareDatabase: (database: Database, folder: string) => void;
  readonly putFirework: Put;
  readonly putLaunch: Put;
  readonly putWorkflow: Put;
}

interface Database {
  write(action: (tables: { readonly meta: unknown }) => void): void;
  close(): Promise<void>;
}

/** So many documents in one transaction. */
const AT_ONCE = 10_000;

export async function buildEmbedded(
  home: string,
  folder: string,
  { graph, workflows, state }: Seed,
): Promise<void> {
  const modules = load(home);
  rmSync(folder, { recursive: true, force: true });
  const database = await modules.EmbeddedDatabase.open(folder);
  modules.prepareDatabase(database, folder);
  const total = graph.size * workflows;
  const { putFirework, putLaunch, putWorkflow } = modules;
  inParts(database, total, (tables, id) => {
    if (state !== 'READY') putLaunch(tables, withId(launchDocument(id, state)));
    putFirework(tables, withId(fireworkDocument(id, nameOf(id, graph), state)));
  });
  inParts(database, workflows, (tables, n) => {
    const doc = withId(workflowDocument(graph, (n - 1) * graph.size + 1, state));
    putWorkflow(tables, doc._id.toHexString(), doc);
  });
  await database.close();
}

export function restoreEmbedded(kept: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  cpSync(kept, folder, { recursive: true });
}

function load(home: string): EmbeddedModules {
  const modules: Record<string, unknown> = {};
  for (const name of ['database', 'format', 'put-documents']) {
    Object.assign(modules, loadBuilt(home, `storage/embedded/lmdb/${name}.js`));
  }
  return modules as unknown as EmbeddedModules;
}

function inParts(database: Database, count: number, put: (tables: unknown, id: number) => void): void {
  for (let start = 1; start <= count; start += AT_ONCE) {
    database.write((tables) => {
      for (let id = start; id < Math.min(start + AT_ONCE, count + 1); id += 1) put(tables, id);
    });
  }
}

function withId(doc: Document): Document & { readonly _id: ObjectId } {
  return { _id: new ObjectId(), ...doc };
}
