/** What must hold of a database when all commands have come to an end and what crashed was repaired. */
import type { Firework, Launch, Workflow } from '../../../src/domain/model';
import { isHeld } from '../../../src/domain/state';
import { parentsByChild } from '../../../src/domain/workflow-graph';
import { workflowState } from '../../../src/domain/rules/workflow-state';
import type { JournalEntry, LaunchPadStore } from '../../../src/storage/launchpad-store';
import { repair } from './actors';
import type { World } from './world';

interface Everything {
  readonly fireworks: ReadonlyMap<number, Firework>;
  readonly workflows: readonly Workflow[];
  readonly journal: readonly JournalEntry[];
}

export interface Allowances {
  /** A rocket that dies between its claim and its start leaves a RESERVED Firework, as Python's does. */
  readonly claimsMayBeLeft?: boolean;
}

/** Also repairs first: whatever a crash left is left until the next command. */
export async function assertSound(world: World, allowances: Allowances = {}): Promise<Everything> {
  await repair(world.store);
  const all = await readAll(world.store);
  const wrong = [
    ...(await leftovers(world.store)),
    ...all.workflows.flatMap((workflow) => wrongStates(workflow, all.fireworks, allowances)),
    ...wrongLaunches(world, all),
  ];
  if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${world.database.text()}`);
  return all;
}

async function readAll(store: LaunchPadStore): Promise<Everything> {
  const [fireworks, workflows, journal] = [
    new Map<number, Firework>(),
    [] as Workflow[],
    [] as JournalEntry[],
  ];
  for await (const firework of store.findFireworks({}, 'all')) fireworks.set(firework.fwId, firework);
  for await (const workflow of store.findWorkflows({})) workflows.push(workflow);
  for await (const entry of store.findJournalEntries({})) journal.push(entry);
  return { fireworks, workflows, journal };
}

async function leftovers(store: LaunchPadStore): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const { workflowKey, owner } of await store.findLockHolders()) {
    wrong.push(`workflow ${workflowKey} is still locked by ${owner?.name ?? 'somebody'}`);
  }
  for await (const { id } of store.findJournalEntries({ status: 'applying' }))
    wrong.push(`journal entry ${id} is still applying`);
  return wrong;
}

function wrongStates(
  workflow: Workflow,
  fireworks: ReadonlyMap<number, Firework>,
  { claimsMayBeLeft = false }: Allowances,
): readonly string[] {
  const wrong: string[] = [];
  const parents = parentsByChild(workflow.links);
  const states = new Map(workflow.nodes.map((fwId) => [fwId, fireworks.get(fwId)?.state ?? 'WAITING']));
  for (const [fwId, state] of states) {
    const noted = workflow.fwStates.get(fwId);
    const claimed = claimsMayBeLeft && state === 'RESERVED';
    if (noted !== state && !claimed)
      wrong.push(`Firework ${fwId} is ${state}, and noted as ${String(noted)}`);
    const open = (parents.get(fwId) ?? []).filter((parent) => {
      const above = states.get(parent);
      return above !== 'COMPLETED' && !(above && isHeld(above));
    });
    if (open.length > 0 && state !== 'WAITING' && !isHeld(state))
      wrong.push(`Firework ${fwId} is ${state}, though its parents ${open.join()} are not COMPLETED`);
    const held = (parents.get(fwId) ?? []).some((parent) => isHeld(states.get(parent) ?? 'WAITING'));
    if (open.length === 0 && !held && state === 'WAITING') wrong.push(`Firework ${fwId} waits for nothing`);
    const active = fireworks.get(fwId)?.launches ?? [];
    if ((state === 'WAITING' || state === 'READY') && active.length > 0)
      wrong.push(`Firework ${fwId} is ${state} with the launches ${active.join()}`);
    if (state === 'COMPLETED' && active.length === 0) wrong.push(`Firework ${fwId} is COMPLETED by nothing`);
  }
  const noted = claimsMayBeLeft ? workflow.fwStates : states;
  const state = workflowState(workflow.links, noted, () => false);
  if (state !== workflow.state) wrong.push(`the workflow is ${state}, and noted as ${workflow.state}`);
  return wrong;
}

/** Launches stay, active or archived, and what was archived stands in the journal, from where it can be brought back. */
function wrongLaunches(world: World, { fireworks, journal }: Everything): readonly string[] {
  const wrong: string[] = [];
  const journaled = new Set(
    journal.flatMap(({ patches }) => patches.flatMap(({ changes }) => changes.flatMap(archivedBy))),
  );
  for (const { fireworks: before } of world.before) {
    for (const { fwId, launches, archivedLaunches } of before.values()) {
      const after = fireworks.get(fwId);
      for (const id of [...launches, ...archivedLaunches]) {
        const active = after?.launches.includes(id) ?? false;
        const archived = after?.archivedLaunches.includes(id) ?? false;
        if (active === archived)
          wrong.push(`launch ${id} of Firework ${fwId} is ${active ? 'both' : 'neither'}`);
        if (launches.includes(id) && archived && !journaled.has(id))
          wrong.push(`launch ${id} of Firework ${fwId} was archived, and the journal does not say so`);
      }
    }
  }
  return wrong;
}

function archivedBy({ fields }: JournalEntry['patches'][number]['changes'][number]): readonly number[] {
  const launches = fields.find(({ path }) => path[0] === 'launches');
  const after = (launches?.after ?? []) as readonly number[];
  return ((launches?.before ?? []) as readonly number[]).filter((id) => !after.includes(id));
}

/** Ids of the Fireworks that this rerun says it has rerun. */
export function rerunBy(world: World, actor: string): readonly number[] {
  const report = world.results.get(actor) as
    { readonly targets: readonly { fwId: number; outcome: string }[] } | undefined;
  return (report?.targets ?? []).filter(({ outcome }) => outcome === 'rerun').map(({ fwId }) => fwId);
}

export type { Launch };
