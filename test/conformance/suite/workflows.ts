import type { WorkflowSelection } from '../../../src/storage/launchpad-store';
import type { UseStore } from '../store-suite';
import { collect, firework, workflowInStates, workflowOf, workflowWith } from './builders';

export function workflowTests(useStore: UseStore): void {
  async function select(selection: WorkflowSelection): Promise<readonly string[]> {
    const found = await collect(useStore().findWorkflows(selection));
    expect(await useStore().countWorkflows(selection)).toBe(found.length);
    return found.map(({ name }) => name);
  }

  async function addThree(): Promise<void> {
    await useStore().addWorkflows([
      workflowOf([firework(5), firework(6)], { name: 'late', updatedOn: new Date('2026-11-21T08:00:01Z') }),
      workflowOf([firework(1), firework(9)], { name: 'early', updatedOn: new Date('2026-11-21T08:00:03Z') }),
      workflowOf([firework(3)], {
        name: 'between',
        metadata: { owner: 'amy' },
        updatedOn: new Date('2026-11-21T08:00:02Z'),
      }),
    ]);
  }

  it('come in order of their lowest members, and no more than the limit', async () => {
    await addThree();
    expect(await select({})).toEqual(['early', 'between', 'late']);
    expect(await select({ limit: 2 })).toEqual(['early', 'between']);
  });

  it('are found by members, each once', async () => {
    await addThree();
    expect(await select({ members: [6, 9, 1, 5, 77] })).toEqual(['early', 'late']);
    expect(await select({ members: [] })).toEqual([]);
    expect(await select({ members: [5, 9], limit: 1 })).toEqual(['early']);
  });

  it('are found by 60,000 members', async () => {
    await useStore().addWorkflows([workflowInStates(30_000, 'READY', 'READY')]);
    expect(await select({ members: Array.from({ length: 60_000 }, (_, place) => place + 1) })).toEqual([
      'wf-30000',
    ]);
  });

  it('are found by queries, joined with members', async () => {
    await addThree();
    expect(await select({ where: { 'metadata.owner': 'amy' } })).toEqual(['between']);
    expect(await select({ where: { nodes: 9 } })).toEqual(['early']);
    expect(await select({ where: { nodes: { $size: 2 } }, members: [5, 3] })).toEqual(['late']);
    expect(await select({ where: { name: { $in: ['late', 'early'] } } })).toEqual(['early', 'late']);
    expect(await select({ where: { $and: [{ nodes: 1 }, { nodes: 9 }] } })).toEqual(['early']);
    expect(await select({ where: { state: 'FIZZLED' } })).toEqual([]);
  });

  it('are sorted by date', async () => {
    await addThree();
    expect(await select({ sort: { field: 'updated_on', direction: 1 } })).toEqual([
      'late',
      'between',
      'early',
    ]);
    expect(await select({ sort: { field: 'updated_on', direction: -1 }, limit: 1 })).toEqual(['early']);
  });

  it('say which of the asked Fireworks they have', async () => {
    await addThree();
    const [early, late] = [await workflowWith(useStore(), 1), await workflowWith(useStore(), 5)];
    expect(await useStore().findMemberships([5, 6, 9, 77])).toEqual([
      { workflowKey: early.key, members: [9], size: 2 },
      { workflowKey: late.key, members: [5, 6], size: 2 },
    ]);
    expect(await useStore().findMemberships([])).toEqual([]);
  });
}
