import { Double } from 'bson';
import type { FieldsRequest } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import { collect, firework, launch, workflowOf, WORKFLOW_CREATED } from './builders';

export function fieldTests(useStore: UseStore): void {
  async function fill(): Promise<void> {
    const store = useStore();
    await store.addWorkflows([
      workflowOf(
        [
          firework(1, {
            state: 'FIZZLED',
            spec: { a: { b: new Double(2), c: 1 }, _tasks: [1] },
            updatedOn: '2026-11-21T08:00:01+00:00',
          }),
          firework(2, { state: 'FIZZLED', spec: {}, updatedOn: new Date('2026-11-21T08:00:02Z') }),
          firework(3, { state: 'FIZZLED', spec: { a: 5 }, updatedOn: '2026-11-21T08:00:01.5' }),
          firework(4),
        ],
        { metadata: { owner: 'amy' } },
      ),
      workflowOf([firework(9)]),
    ]);
    await store.insertLaunch(launch(1, 1, { state: 'FIZZLED', action: { stored_data: { x: 'trace' } } }));
    await store.insertLaunch(launch(2, 1, { timeEnd: '2026-11-21T08:00:03+00:00' }));
  }

  function read(request: FieldsRequest): Promise<object[]> {
    return collect(useStore().readFields(request));
  }

  it('are those that were asked for and are there', async () => {
    await fill();
    const request = {
      collection: 'fireworks',
      where: { state: 'FIZZLED' },
      fields: ['fw_id', 'spec.a.b'],
    } as const;
    const found = await read(request);
    expect(found).toHaveLength(3);
    expect(found).toEqual(
      expect.arrayContaining([
        { fw_id: 1, spec: { a: { b: new Double(2) } } },
        { fw_id: 2, spec: {} },
        { fw_id: 3, spec: {} },
      ]),
    );
  });

  it('come latest first, texts and Dates alike, and no more than the limit', async () => {
    await fill();
    const request = { collection: 'fireworks', where: { state: 'FIZZLED' }, fields: ['fw_id'] } as const;
    const newest = { ...request, newestBy: 'updated_on' } as const;
    expect(await read(newest)).toEqual([{ fw_id: 2 }, { fw_id: 3 }, { fw_id: 1 }]);
    expect(await read({ ...newest, limit: 2 })).toEqual([{ fw_id: 2 }, { fw_id: 3 }]);
  });

  it('are read of launches and of workflows', async () => {
    await fill();
    expect(
      await read({
        collection: 'launches',
        where: { fw_id: 1 },
        fields: ['launch_id', 'action.stored_data.x', 'time_end'],
        newestBy: 'time_end',
      }),
    ).toEqual([
      { launch_id: 2, time_end: '2026-11-21T08:00:03+00:00' },
      { launch_id: 1, action: { stored_data: { x: 'trace' } }, time_end: null },
    ]);
    const fields = ['nodes', 'created_on'];
    expect(await read({ collection: 'workflows', where: { 'metadata.owner': 'amy' }, fields })).toEqual([
      { nodes: [1, 2, 3, 4], created_on: WORKFLOW_CREATED },
    ]);
    expect(
      await read({ collection: 'workflows', where: { nodes: { $in: [9] } }, fields: ['nodes'] }),
    ).toEqual([{ nodes: [9] }]);
  });

  it('refuse a wrong query', async () => {
    const wrong = read({ collection: 'launches', where: { state: { $like: 'x' } }, fields: ['state'] });
    await expect(wrong).rejects.toMatchObject({ code: 'BAD_QUERY' });
  });
}
