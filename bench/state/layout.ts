/** Before a benchmark: what FireWorks itself writes has the same fields, of the same types, as the documents made here. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { peerPython } from '../../test/support/install-peer';
import { fireworkDocument, launchDocument, workflowDocument, type Document } from './documents';
import { single } from './graph';

const DATABASE = 'bench_lpad_layout';

const RUN_ONE = `
import logging; logging.disable()
import sys
from fireworks import LaunchPad, Firework, ScriptTask, FWorker
from fireworks.core.rocket_launcher import launch_rocket
lp = LaunchPad(host=sys.argv[1], name=sys.argv[2], uri_mode=True, strm_lvl='CRITICAL')
lp.reset('', require_password=False)
lp.add_wf(Firework(ScriptTask.from_str('exit 1', {'fizzle_bad_rc': True}), name='root'))
launch_rocket(lp, FWorker())
`;

export async function checkLayout(client: MongoClient, { uri }: { readonly uri: string }): Promise<void> {
  const python = peerPython();
  if (python === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'lpad-bench-'));
  const db = client.db(DATABASE);
  try {
    execFileSync(python, ['-c', RUN_ONE, uri, DATABASE], { cwd: folder, stdio: 'ignore' });
    const ours: Readonly<Record<string, Document>> = {
      fireworks: fireworkDocument(1, 'root', 'FIZZLED'),
      launches: launchDocument(1, 'FIZZLED'),
      workflows: { ...workflowDocument(single(), 1, 'FIZZLED'), metadata: {} },
    };
    for (const [collection, document] of Object.entries(ours)) {
      const theirs = await db.collection(collection).findOne({}, { projection: { _id: 0 } });
      const [one, other] = [layoutOf(document), layoutOf(theirs)];
      if (one !== other)
        throw new Error(`FireWorks lays out ${collection} differently: ${other}, here ${one}`);
    }
  } finally {
    await db.dropDatabase();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names and types of all fields, at every depth; their order carries no meaning. */
function layoutOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(layoutOf).join()}]`;
  if (value instanceof Date) return 'date';
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, one]) => `${name}:${layoutOf(one)}`).join()}}`;
}
