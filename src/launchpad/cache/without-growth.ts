/**
 * The result of a launch that brought Fireworks, for one in whose place nothing is run. Additions are left out. Behind
 * detours, children wait for what these hand on: so all that they handed on is handed on at once, in the order in which
 * they COMPLETED.
 */
import { readAction, type FWAction } from '../../domain/actions/fw-action';
import type { CacheEntry } from '../../domain/cache-entry';
import { isObject, type Firework, type Launch, type Value, type Workflow } from '../../domain/model';
import { timestampMillis } from '../../domain/timestamps';
import { childrenOf } from '../../domain/workflow-graph';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { wholeActionOf } from '../launches/launch-action';
import { launchesById } from '../launches-by-id';
import { representativeLaunch } from '../refresh/likely-state';

/** Or in words why it cannot be. Throws ActionError for an action that cannot be read. */
export async function withoutGrowth(
  store: LaunchPadStore,
  entry: CacheEntry,
  action: FWAction,
): Promise<FWAction | string> {
  const fireworks: Firework[] = [];
  for await (const one of store.findFireworks({ ids: entry.brought }, 'summary')) fireworks.push(one);
  const missing = entry.brought.find((fwId) => !fireworks.some((one) => one.fwId === fwId));
  if (missing !== undefined) return `Firework ${String(missing)}, which it brought, is gone`;
  const unfinished = fireworks.find(({ state }) => state !== 'COMPLETED');
  if (unfinished) return `Firework ${String(unfinished.fwId)}, which it brought, is ${unfinished.state}`;
  const bare = { ...action, detours: [], additions: [], append_wfs: [] };
  if (!hasDetours(action)) return bare;
  if (action.additions.length > 0 || !action.append_wfs.every(isDetour))
    return 'it brought detours and additions, and which of them hand on something cannot be told';
  for await (const workflow of store.findWorkflows({ members: [entry.fwId] })) {
    const handed = await handedOn(store, workflow, fireworks);
    return typeof handed === 'string' ? handed : joined(bare, handed);
  }
  return 'it is in no workflow';
}

function hasDetours({ detours, append_wfs }: FWAction): boolean {
  return detours.length > 0 || append_wfs.some(isDetour);
}

function isDetour(item: Value): boolean {
  return isObject(item) && item['detour'] === true;
}

interface HandedOn {
  readonly action: FWAction;
  /** Of the last in its row: children wait for these, and get what they say. */
  readonly isLast: boolean;
}

async function handedOn(
  store: LaunchPadStore,
  { links }: Workflow,
  fireworks: readonly Firework[],
): Promise<readonly HandedOn[] | string> {
  const among = new Set(fireworks.map(({ fwId }) => fwId));
  const launches = await launchesById(
    store,
    fireworks.flatMap((one) => one.launches),
    'all',
  );
  const ended: { readonly launch: Launch; readonly isLast: boolean }[] = [];
  for (const { fwId, launches: own } of fireworks) {
    const launch = representativeLaunch(own, launches);
    if (launch?.state !== 'COMPLETED') return `Firework ${String(fwId)}, which it brought, has no result`;
    ended.push({ launch, isLast: !childrenOf(links, fwId).some((child) => among.has(child)) });
  }
  ended.sort(({ launch: one }, { launch: other }) => endOf(one) - endOf(other));
  const handed: HandedOn[] = [];
  for (const { launch, isLast } of ended) {
    const action = readAction(await wholeActionOf(store, launch));
    if (hasDetours(action))
      return `Firework ${String(launch.fwId)}, which it brought, brought detours itself`;
    handed.push({ action, isLast });
  }
  return handed;
}

function endOf({ timeEnd }: Launch): number {
  return timeEnd === null ? 0 : timestampMillis(timeEnd);
}

/** One action that does what all of them did, one after the other. */
function joined(first: FWAction, others: readonly HandedOn[]): FWAction | string {
  const reaching = others.filter(({ isLast, action }) => isLast || action.propagate);
  const changing = [first, ...reaching.map(({ action }) => action)].filter(changesSpecs);
  const propagate = changing[0]?.propagate ?? first.propagate;
  if (changing.some((one) => one.propagate !== propagate))
    return 'some of what it brought handed on to all below, and some to children alone';
  const mods: Value[] = [...first.mod_spec];
  for (const { action } of reaching) {
    const keys = Object.keys(action.update_spec);
    if (keys.some((key) => key.includes('->'))) return 'what it brought changed keys with -> in their names';
    if (keys.length > 0) mods.push({ _set: action.update_spec });
    mods.push(...action.mod_spec);
  }
  return {
    ...first,
    mod_spec: mods,
    propagate,
    defuse_children:
      first.defuse_children || others.some(({ isLast, action }) => isLast && action.defuse_children),
    defuse_workflow: first.defuse_workflow || others.some(({ action }) => action.defuse_workflow),
  };
}

function changesSpecs({ update_spec, mod_spec }: FWAction): boolean {
  return Object.keys(update_spec).length > 0 || mod_spec.length > 0;
}
