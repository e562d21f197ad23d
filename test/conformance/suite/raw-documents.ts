import { Binary, deserialize, Double, Int32, ObjectId } from 'bson';
import type { RawDocument, RawRequest } from '../../../src/storage/whole-documents';
import type { UseStore } from '../store-suite';
import { collect, CREATED, everything, firework, launch, workflowOf } from './builders';

const WORKFLOW_ID = new ObjectId('6b014fe7b8486007d94c9e5a');

/** A workflow of Firework 5, whose spec has keys that are numbers, in an order of their own. */
function rawWorkflow(fwId = 5): readonly RawDocument[] {
  const spec = new Map<string, unknown>([
    ['b', new Double(1)],
    [
      '2',
      new Map([
        ['1', 'x'],
        ['0', 'y'],
      ]),
    ],
    ['_tasks', []],
    ['1', new Int32(7)],
  ]);
  return [
    {
      collection: 'fireworks',
      document: new Map<string, unknown>([
        ['_id', new ObjectId()],
        ['fw_id', fwId],
        ['name', 'raw'],
        ['state', 'READY'],
        ['spec', spec],
        ['created_on', CREATED],
        ['updated_on', CREATED],
        ['launches', [3]],
        ['archived_launches', []],
        ['extra', 'kept'],
      ]),
    },
    {
      collection: 'launches',
      document: new Map<string, unknown>([
        ['_id', new ObjectId()],
        ['launch_id', 3],
        ['fw_id', fwId],
        ['state', 'RESERVED'],
        ['state_history', [{ state: 'RESERVED', reservation_id: '4711' }]],
      ]),
    },
    {
      collection: 'workflows',
      document: new Map<string, unknown>([
        ['_id', WORKFLOW_ID],
        ['nodes', [fwId]],
        ['links', new Map([[String(fwId), []]])],
        ['parent_links', new Map()],
        ['state', 'READY'],
        ['name', 'w'],
        ['metadata', {}],
        ['created_on', new Date(5)],
        ['updated_on', new Date(6)],
        ['fw_states', new Map([[String(fwId), 'READY']])],
      ]),
    },
    {
      collection: 'lpad_launch_records',
      document: new Map<string, unknown>([
        ['_id', 3],
        ['launch_id', 3],
        ['fw_id', fwId],
        ['spec', new Map([['x', 1]])],
      ]),
    },
    {
      collection: 'offline_runs',
      document: new Map<string, unknown>([
        ['_id', new ObjectId()],
        ['fw_id', fwId],
        ['launch_id', 3],
      ]),
    },
    {
      collection: 'lpad_quarantine',
      document: new Map<string, unknown>([
        ['_id', fwId],
        ['fw_id', fwId],
        ['launch_id', 3],
      ]),
    },
    {
      collection: 'fw_gridfs.files',
      document: new Map<string, unknown>([
        ['_id', new ObjectId()],
        ['metadata', { launch_id: 3 }],
      ]),
    },
  ];
}

export function rawDocumentTests(useStore: UseStore): void {
  async function read(request: RawRequest): Promise<readonly Record<string, unknown>[]> {
    const found = await collect(useStore().readRaw(request));
    return found.map((bytes) => deserialize(bytes, { promoteValues: true }));
  }

  it('are found like any others once they are stored', async () => {
    const store = useStore();
    await store.insertRaw(rawWorkflow());
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([5]);
    expect(await store.findMemberships([5])).toEqual([
      { workflowKey: WORKFLOW_ID.toHexString(), members: [5], size: 1 },
    ]);
    expect(await store.findLaunchByReservation('4711')).toMatchObject({ launchId: 3 });
    expect(await store.findFireworksOfLaunches([3])).toEqual(new Map([[3, [5]]]));
    const claimed = await store.claimFirework({ where: {}, order: 'id', now: new Date(0) });
    expect(claimed).toMatchObject({ fwId: 5, state: 'RESERVED' });
  });

  it('come back with their keys in order and with what nobody knows', async () => {
    const store = useStore();
    const documents = rawWorkflow();
    await store.insertRaw(documents);
    const [bytes] = await collect(store.readRaw({ collection: 'fireworks', fwIds: [5] }));
    const names = ['b', '2', '1', '0', '_tasks', '1'].map((name) => Buffer.from(`${name}\0`));
    let at = 0;
    for (const name of names) {
      at = Buffer.from(bytes ?? []).indexOf(name, at + 1);
      expect(at).toBeGreaterThan(0);
    }
    expect(await read({ collection: 'fireworks', fwIds: [5, 6] })).toMatchObject([{ extra: 'kept' }]);
    expect(await read({ collection: 'launches', launchIds: [3] })).toMatchObject([{ launch_id: 3 }]);
    expect(await read({ collection: 'lpad_launch_records', launchIds: [3] })).toMatchObject([{ fw_id: 5 }]);
    expect(await read({ collection: 'lpad_launch_records', launchIds: [4] })).toEqual([]);
    expect(await read({ collection: 'offline_runs', fwIds: [5] })).toMatchObject([{ launch_id: 3 }]);
    expect(await read({ collection: 'offline_runs', fwIds: [6] })).toEqual([]);
    expect(await read({ collection: 'lpad_quarantine', fwIds: [5, 6] })).toMatchObject([{ launch_id: 3 }]);
    expect(await read({ collection: 'fw_gridfs.files' })).toMatchObject([{ metadata: { launch_id: 3 } }]);
    expect(await read({ collection: 'fw_gridfs.chunks' })).toEqual([]);
  });

  it('of workflows are those of a selection, in its order', async () => {
    const store = useStore();
    await store.addWorkflows([
      workflowOf([firework(9)]),
      workflowOf([firework(2), firework(8)], { name: 'x' }),
    ]);
    const nodes = async (request: RawRequest): Promise<readonly unknown[]> =>
      (await read(request)).map((doc) => doc['nodes']);
    expect(await nodes({ collection: 'workflows', selection: {} })).toEqual([[2, 8], [9]]);
    expect(await nodes({ collection: 'workflows', selection: { members: [9] } })).toEqual([[9]]);
    expect(await nodes({ collection: 'workflows', selection: { where: { name: 'x' }, limit: 5 } })).toEqual([
      [2, 8],
    ]);
  });

  it('are stored all or, when one is there, none', async () => {
    const store = useStore();
    await store.addWorkflows([workflowOf([firework(5)])]);
    const before = await everything(store);
    await expect(store.insertRaw(rawWorkflow())).rejects.toMatchObject({ code: 'ALREADY_THERE' });
    expect(await everything(store)).toEqual(before);
    expect(await read({ collection: 'launches', launchIds: [3] })).toEqual([]);
    expect(await read({ collection: 'fw_gridfs.files' })).toEqual([]);
    await store.insertLaunch(launch(3, 5));
    await expect(store.insertRaw(rawWorkflow(6))).rejects.toMatchObject({ code: 'ALREADY_THERE' });
    expect(await everything(store)).toEqual(before);
  });

  it('of GridFS are the large actions of their launches', async () => {
    const store = useStore();
    const file = new ObjectId();
    const chunk = (n: number, text: string): RawDocument => ({
      collection: 'fw_gridfs.chunks',
      document: new Map<string, unknown>([
        ['_id', new ObjectId()],
        ['files_id', file],
        ['n', n],
        ['data', new Binary(Buffer.from(text))],
      ]),
    });
    const head = new Map<string, unknown>([
      ['_id', file],
      ['length', 10],
      ['metadata', { launch_id: 3 }],
    ]);
    await store.insertRaw([
      { collection: 'fw_gridfs.files', document: head },
      chunk(1, '"b": 2}'),
      chunk(0, '{"a'),
      chunk(2, ''),
    ]);
    expect(await store.readLargeAction(file.toHexString())).toBe('{"a"b": 2}');
    expect(await store.readLargeAction(new ObjectId().toHexString())).toBeUndefined();
  });

  it('of offline runs keep what nobody knows when they change', async () => {
    const store = useStore();
    await store.insertRaw(rawWorkflow());
    expect(await store.updateOfflineRuns({ launchIds: [3] }, { completed: true })).toBe(1);
    expect(await read({ collection: 'offline_runs', fwIds: [5] })).toMatchObject([
      { _id: expect.any(ObjectId) as ObjectId, launch_id: 3, completed: true },
    ]);
  });

  it('are gone after a reset', async () => {
    const store = useStore();
    await store.insertRaw(rawWorkflow());
    await store.reset();
    expect(await everything(store)).toEqual({ fireworks: [], workflows: [] });
    expect(await read({ collection: 'offline_runs', fwIds: [5] })).toEqual([]);
    expect(await read({ collection: 'fw_gridfs.files' })).toEqual([]);
  });

  it('have counters that are raised, never lowered', async () => {
    const store = useStore();
    await store.raiseCounters({ nextFwId: 10, nextLaunchId: 5 });
    await store.raiseCounters({ nextFwId: 3, nextLaunchId: 7 });
    expect(await store.readCounters()).toEqual({ nextFwId: 10, nextLaunchId: 7 });
    expect(await store.takeFireworkIds(2)).toBe(10);
    expect(await store.readCounters()).toEqual({ nextFwId: 12, nextLaunchId: 7 });
  });
}
