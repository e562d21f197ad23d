/** What happens in a run, as it happens: states of its Fireworks, and what they print as far as it can be seen from here. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Firework, Launch, Workflow } from '../../domain/model';
import { isUnderWay, type FireworkState } from '../../domain/state';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { launchesById } from '../launches-by-id';
import { findWorkflowOf } from '../show/load-whole-workflow';
import { createOutputTail, type OutputLine, type OutputTail } from './output-tail';

export interface RunMember {
  readonly fwId: number;
  readonly name: string;
}

export type RunEvent =
  | (RunMember & {
      readonly kind: 'state';
      /** Undefined for what is found at the beginning, or comes to be. */
      readonly from: FireworkState | undefined;
      readonly to: FireworkState;
      readonly at: Date;
    })
  | (RunMember & OutputLine & { readonly kind: 'output' })
  /** Its directory cannot be read from here, and nothing tracks its files. */
  | (RunMember & { readonly kind: 'unseen'; readonly launchDir: string; readonly host: string })
  /** What could run is not taken up by anybody. */
  | { readonly kind: 'idle'; readonly ready: number }
  /** Nothing of it will run any more by itself. */
  | { readonly kind: 'end'; readonly state: FireworkState };

export interface FollowOptions {
  /** Ends it between two looks. */
  readonly signal?: AbortSignal;
  readonly pollMs?: number;
  /** How long something must be READY, and nothing run, before that is told. */
  readonly idleAfterMs?: number;
  /** Tells what there is, and ends. */
  readonly once?: boolean;
}

const POLL_MS = 500;
const IDLE_AFTER_MS = 3000;

interface Seen {
  readonly states: Map<number, FireworkState>;
  readonly names: Map<number, string>;
  readonly tails: Map<number, OutputTail>;
  idleSince: number | undefined;
  idleTold: boolean;
  quiet: boolean;
}

/** `fwId` is any member of it. Throws NOT_FOUND, also when it is deleted meanwhile. */
export async function* followRun(
  store: LaunchPadStore,
  fwId: number,
  options: FollowOptions = {},
): AsyncGenerator<RunEvent, void> {
  const { signal, pollMs = POLL_MS, once = false } = options;
  const seen: Seen = {
    states: new Map(),
    names: new Map(),
    tails: new Map(),
    idleSince: undefined,
    idleTold: false,
    quiet: false,
  };
  while (!signal?.aborted) {
    const workflow = await findWorkflowOf(store, fwId);
    const states = await statesOf(store, workflow);
    yield* changesIn(store, states, seen);
    const ended = hasEnded(workflow, states, seen);
    if (ended) yield { kind: 'end', state: workflow.state };
    if (ended || once) return;
    yield* idleness(states, seen, options.idleAfterMs ?? IDLE_AFTER_MS);
    await sleep(pollMs, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

type States = ReadonlyMap<number, FireworkState>;

/** Old documents do not note their members' states. */
async function statesOf(store: LaunchPadStore, { nodes, fwStates }: Workflow): Promise<States> {
  if (fwStates.size >= nodes.length) return fwStates;
  const states = new Map<number, FireworkState>();
  for await (const { fwId, state } of store.findFireworks({ ids: nodes }, 'summary')) states.set(fwId, state);
  return states;
}

async function* changesIn(store: LaunchPadStore, states: States, seen: Seen): AsyncGenerator<RunEvent> {
  const moved = [...states].filter(([fwId, state]) => seen.states.get(fwId) !== state);
  // A run that has ended is asked once more for the last of what it printed.
  const asked = [...states].filter(([fwId, state]) => isUnderWay(state) || isUnderWay(was(seen, fwId)));
  const ids = [...new Set([...moved, ...asked].map(([fwId]) => fwId))].sort((one, other) => one - other);
  if (ids.length === 0) return;
  const fireworks: Firework[] = [];
  for await (const one of store.findFireworks({ ids }, 'summary')) fireworks.push(one);
  const launches = await launchesById(
    store,
    fireworks.flatMap((one) => one.launches),
    'all',
  );
  for (const { fwId, name, launches: own } of fireworks) {
    const to = states.get(fwId) ?? 'WAITING';
    const from = seen.states.get(fwId);
    seen.states.set(fwId, to);
    if (from === undefined && to === 'WAITING') continue;
    const change = { kind: 'state', fwId, name, from, to, at: new Date() } as const;
    if (from !== to && isBeginning(to)) yield change;
    for (const launchId of own) yield* outputOf({ fwId, name }, launches.get(launchId), seen);
    if (from !== to && !isBeginning(to)) yield change;
  }
}

/** What it prints comes after its beginning, and before its end. */
function isBeginning(state: FireworkState): boolean {
  return state !== 'COMPLETED' && state !== 'FIZZLED';
}

function was({ states }: Seen, fwId: number): FireworkState {
  return states.get(fwId) ?? 'WAITING';
}

async function* outputOf(
  member: RunMember,
  launch: Launch | undefined,
  { tails }: Seen,
): AsyncGenerator<RunEvent> {
  if (!launch || launch.state === 'RESERVED') return;
  let tail = tails.get(launch.launchId);
  const isNew = !tail;
  tail ??= createOutputTail();
  tails.set(launch.launchId, tail);
  const { lines, visible } = await tail.read(launch);
  if (isNew && !visible && launch.state === 'RUNNING')
    yield { kind: 'unseen', ...member, launchDir: launch.launchDir, host: launch.host };
  for (const line of lines) yield { kind: 'output', ...member, ...line };
}

/** One more look is taken before an end is believed: a child becomes READY a moment after its parent is COMPLETED. */
function hasEnded({ state }: Workflow, states: States, seen: Seen): boolean {
  if (state === 'COMPLETED') return true;
  const alive = [...states.values()].some((one) => one === 'READY' || isUnderWay(one));
  const ended = !alive && seen.quiet;
  seen.quiet = !alive;
  return ended;
}

function* idleness(states: States, seen: Seen, afterMs: number): Generator<RunEvent> {
  const all = [...states.values()];
  const ready = all.filter((state) => state === 'READY').length;
  if (ready === 0 || all.some(isUnderWay)) {
    seen.idleSince = undefined;
    seen.idleTold = false;
    return;
  }
  seen.idleSince ??= Date.now();
  if (seen.idleTold || Date.now() - seen.idleSince < afterMs) return;
  seen.idleTold = true;
  yield { kind: 'idle', ready };
}
