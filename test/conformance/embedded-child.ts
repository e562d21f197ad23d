/** Another process on an embedded store, for tests: `embedded-child.ts FOLDER add|claim|flip COUNT`. */
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import type { FireworkState } from '../../src/domain/state';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { collect, entry, firework, owner, statePatch, workflowOf } from './suite/builders';

const MEMBERS = 20;

async function add(store: LaunchPadStore, count: number): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const first = await store.takeFireworkIds(3);
    const members = [first, first + 1, first + 2];
    await store.addWorkflows([workflowOf(members.map((id) => firework(id)))]);
    ids.push(...members);
  }
  return ids;
}

async function claim(store: LaunchPadStore, count: number): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let done = 0; done < count; done += 1) {
    const found = await store.claimFirework({ where: {}, order: 'fifo', now: new Date() });
    if (found) ids.push(found.fwId);
  }
  return ids;
}

/** Makes all members of a workflow of its own FIZZLED and READY again, until it is killed. */
async function flip(store: LaunchPadStore): Promise<never> {
  const me = owner(`flip-${process.pid}`);
  const first = await store.takeFireworkIds(MEMBERS);
  const ids = Array.from({ length: MEMBERS }, (_, place) => first + place);
  const spec = { _tasks: [], large: 'x'.repeat(5000) };
  await store.addWorkflows([workflowOf(ids.map((id) => firework(id, { spec })))]);
  process.stdout.write('started\n');
  for (let turn = 0; ; turn += 1) {
    const [workflow] = await collect(store.findWorkflows({ members: [first] }));
    if (!workflow) throw new Error('the workflow is gone');
    await store.lockWorkflows([workflow.key], me, 0);
    const [from, to]: readonly [FireworkState, FireworkState] =
      turn % 2 === 0 ? ['READY', 'FIZZLED'] : ['FIZZLED', 'READY'];
    const patch = statePatch(workflow, ids, from, to);
    // Only the states: the dates stay what the next turn expects.
    const changes = patch.changes.map((change) =>
      change.collection === 'fireworks' ? { ...change, fields: change.fields.slice(0, 1) } : change,
    );
    const [outcome] = await store.commitPatches(
      entry([{ ...patch, changes }], { id: `${process.pid}-${String(turn).padStart(6, '0')}` }),
      me,
    );
    if (outcome?.kind !== 'committed') throw new Error(JSON.stringify(outcome));
  }
}

async function main([folder = '', what = '', count = '0']: readonly string[]): Promise<void> {
  const store = createEmbeddedStore({ folder });
  await store.open();
  if (what === 'flip') await flip(store);
  const ids = await (what === 'add' ? add : claim)(store, Number(count));
  await store.close();
  process.stdout.write(`${JSON.stringify(ids)}\n`);
}

void main(process.argv.slice(2));
