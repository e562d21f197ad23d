/** Commands that let workflows grow, shrink and go, each over several workflows of three Fireworks. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewWorkflow } from '../../src/domain/model';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { launch, LONG_AGO, workflow } from '../support/workflow-builder';
import { fill, type KillWorld } from './kill-world';

export interface Scene {
  readonly fill: (store: LaunchPadStore) => Promise<void>;
  readonly command: (world: KillWorld) => readonly string[];
  /** The Fireworks that belong together: with all of these everything has happened, or nothing. */
  readonly parts: readonly (readonly number[])[];
  /** Asked for again, it does what is left, and not twice what was done. */
  readonly again: boolean;
}

const SIZE = 3;
const TASK = { _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] };

function triples(count: number): readonly (readonly [number, number, number])[] {
  return Array.from({ length: count }, (_, at) => [at * SIZE + 1, at * SIZE + 2, at * SIZE + 3] as const);
}

function roots(count: number): string {
  return triples(count)
    .map(([root]) => root)
    .join(',');
}

/** root → second, after the root has taken a detour, the third, and changed the spec of the second; all have run. */
function grown([root, second, third]: readonly [number, number, number]): NewWorkflow {
  const builder = workflow();
  for (const fwId of [root, second, third])
    builder
      .node(fwId)
      .state(fwId, 'COMPLETED')
      .spec(fwId, fwId === second ? { ...TASK, k: 5 } : TASK)
      .launches(fwId, [fwId]);
  builder.link(root, second).link(root, third).link(third, second);
  const { workflow: made, fireworks } = builder.view();
  return { ...made, fireworks: [...fireworks.values()] };
}

async function fillGrown(store: LaunchPadStore, count: number): Promise<void> {
  await store.takeFireworkIds(count * SIZE);
  await store.takeLaunchIds(count * SIZE);
  await store.addWorkflows(triples(count).map(grown));
  for (const [root, second, third] of triples(count)) {
    const effects = { created: [third], specs: [{ fw_id: second, path: ['k'], before: 1, after: 5 }] };
    for (const fwId of [root, second, third]) {
      const record = { launchId: fwId, fwId, name: `fw-${String(fwId)}`, spec: TASK, startedOn: LONG_AGO };
      await store.insertLaunch(
        launch(fwId, { fwId, state: 'COMPLETED', action: { stored_data: {} } }),
        fwId === root ? { ...record, effects } : record,
      );
    }
  }
}

const WORKFLOWS = 8;

/** Fireworks that an action added leave their workflows. */
export const ROLLBACK: Scene = {
  fill: (store) => fillGrown(store, WORKFLOWS),
  command: () => ['rerun_fws', '-i', roots(WORKFLOWS), '--rollback-dynamic', '--yes', '-o', 'json'],
  parts: triples(WORKFLOWS),
  again: true,
};

/** Workflows go with launches and quarantines. */
export const DELETION: Scene = {
  fill: async (store) => {
    await fill(store, WORKFLOWS);
    const about = { name: 'w', fingerprint: 'a', pattern: 'a', rule: 'r', reason: 'r', night: 'n' };
    const times = { since: new Date(1000), releasedOn: null, releasedBy: '' };
    const ids = triples(WORKFLOWS).map(([, second]) => second);
    await store.putQuarantines(ids.map((fwId) => ({ fwId, launchId: fwId, ...about, ...times })));
  },
  command: () => ['delete_wflows', '-q', '{}', '--yes', '-o', 'json'],
  parts: triples(WORKFLOWS),
  again: true,
};

/** Two Fireworks below one, which its child comes to wait for. */
export const APPENDING: Scene = {
  fill: async (store) => {
    await store.takeFireworkIds(3);
    const builder = workflow();
    for (const fwId of [1, 2, 3])
      builder
        .node(fwId)
        .state(fwId, fwId === 1 ? 'READY' : 'WAITING')
        .spec(fwId, TASK);
    const { workflow: made, fireworks } = builder.link(1, 2).link(2, 3).view();
    await store.addWorkflows([{ ...made, fireworks: [...fireworks.values()] }]);
  },
  command: ({ folder = '' }) => {
    const file = join(folder, 'more.json');
    const fws = [-1, -2].map((fw_id) => ({ fw_id, name: `more${String(fw_id)}`, spec: TASK }));
    writeFileSync(file, JSON.stringify({ name: 'more', fws, links: { '-1': [-2] } }));
    return ['append_wflow', '-i', '1', '-f', file, '-d', '-o', 'json'];
  },
  parts: [[1, 2, 3, 4, 5]],
  again: false,
};
