/**
 * Workflows in a store of the test's own, the program that is killed while it changes them, and what must hold after the
 * next command.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createAction } from '../../src/domain/actions/fw-action';
import type { Firework, HistoryEntry, Launch, NewWorkflow, Workflow } from '../../src/domain/model';
import type { LaunchState } from '../../src/domain/state';
import { repairAll } from '../../src/launchpad/locks/finish-dead-owners';
import { fireworkToDocument } from '../../src/storage/documents';
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { launch, LONG_AGO, workflow } from '../support/workflow-builder';

export interface KillWorld {
  readonly kind: 'mongodb' | 'embedded';
  /** Opens the store of the test anew: each round has one of its own. */
  readonly openStore: () => Promise<LaunchPadStore>;
  /** `lpad` before its arguments. */
  readonly program: readonly string[];
  /** `rlaunch` before its arguments. */
  readonly rocket?: readonly string[];
  /** Where programs run. */
  readonly folder?: string;
}

const MEMBERS = 3;

/** Chains of three, COMPLETED to the end, or FIZZLED at the second. */
export async function fill(
  store: LaunchPadStore,
  count: number,
  withLaunches = true,
): Promise<readonly number[]> {
  const workflows: NewWorkflow[] = [];
  for (let number = 0; number < count; number += 1)
    workflows.push(newChain(1 + number * MEMBERS, number % 2 === 0));
  await store.takeFireworkIds(count * MEMBERS);
  await store.takeLaunchIds(count * MEMBERS);
  await store.addWorkflows(workflows);
  for (const { fireworks } of withLaunches ? workflows : []) {
    for (const { fwId, launches, state } of fireworks)
      for (const id of launches)
        await store.insertLaunch(endedLaunch(id, fwId, state === 'COMPLETED' ? state : 'FIZZLED'));
  }
  return workflows.map(({ fireworks }) => fireworks[0]?.fwId ?? 0);
}

/** As FireWorks leaves one. */
function endedLaunch(id: number, fwId: number, state: LaunchState): Launch {
  const entry = (reached: LaunchState): HistoryEntry => ({
    state: reached,
    created_on: LONG_AGO,
    updated_on: LONG_AGO,
  });
  return launch(id, {
    fwId,
    state,
    action: { ...createAction() },
    stateHistory: [entry('RUNNING'), entry(state)],
  });
}

function newChain(first: number, isCompleted: boolean): NewWorkflow {
  const builder = workflow();
  for (let fwId = first; fwId < first + MEMBERS; fwId += 1) {
    const place = fwId - first;
    const state = isCompleted || place === 0 ? 'COMPLETED' : place === 1 ? 'FIZZLED' : 'WAITING';
    builder
      .node(fwId)
      .state(fwId, state)
      .spec(fwId, { _tasks: [{ _fw_name: 'ScriptTask', script: 'true' }] });
    if (state !== 'WAITING') builder.launches(fwId, [fwId]);
    if (place > 0) builder.link(fwId - 1, fwId);
  }
  const { workflow: made, fireworks } = builder.view();
  return { ...made, fireworks: [...fireworks.values()] };
}

export interface Ended {
  readonly killed: boolean;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command that is killed before its n-th write; without n, to its end. */
export function runKilled(world: KillWorld, args: readonly string[], killAt?: number): Promise<Ended> {
  const [node = '', ...program] = world.program;
  const preload = join(__dirname, 'kill-at.mjs');
  const env = {
    ...process.env,
    CHAOS_STORE: world.kind,
    ...(killAt === undefined ? {} : { CHAOS_KILL_AT: String(killAt) }),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--import', preload, ...program, ...args], { env, cwd: world.folder });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, stdout, stderr }));
  });
}

export interface Snapshot {
  readonly fireworks: ReadonlyMap<number, Firework>;
  readonly workflows: readonly Workflow[];
}

export async function snapshot(store: LaunchPadStore): Promise<Snapshot> {
  const fireworks = new Map<number, Firework>();
  const workflows: Workflow[] = [];
  for await (const firework of store.findFireworks({}, 'all')) fireworks.set(firework.fwId, firework);
  for await (const one of store.findWorkflows({})) workflows.push(one);
  return { fireworks, workflows };
}

/** What became of each workflow: 'untouched', 'rerun', or why it is neither. */
export function fates(before: Snapshot, after: Snapshot): readonly string[] {
  return after.workflows.map((now, at) => {
    const then = before.workflows[at];
    const isSame = now.nodes.every((id) => text(before.fireworks.get(id)) === text(after.fireworks.get(id)));
    if (then && isSame && text(then) === text(now)) return 'untouched';
    const wrong = [...now.nodes]
      .sort((one, other) => one - other)
      .flatMap((id, place) => whatIsWrong(id, place, before, after, now));
    if (now.state !== 'READY') wrong.push(`workflow ${now.key} is ${now.state}`);
    return wrong.length === 0 ? 'rerun' : wrong.join('; ');
  });
}

function whatIsWrong(id: number, place: number, before: Snapshot, after: Snapshot, now: Workflow): string[] {
  const [then, firework] = [before.fireworks.get(id), after.fireworks.get(id)];
  const wanted = place === 0 ? 'READY' : 'WAITING';
  const wrong: string[] = [];
  if (firework?.state !== wanted) wrong.push(`Firework ${id} is ${String(firework?.state)}, not ${wanted}`);
  if (now.fwStates.get(id) !== firework?.state) wrong.push(`it is noted as ${String(now.fwStates.get(id))}`);
  if (firework && firework.launches.length > 0) wrong.push(`Firework ${id} keeps its launches`);
  const [archived, wantedLaunches] = [text(firework?.archivedLaunches), text(then?.launches)];
  if (archived !== wantedLaunches)
    wrong.push(`Firework ${id} has archived ${archived}, not ${wantedLaunches}`);
  return wrong;
}

function text(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (inner instanceof Map ? [...inner] : inner));
}

/** Nobody holds a lock, and no journal entry is open. */
export async function leftovers(store: LaunchPadStore): Promise<readonly string[]> {
  const left = (await store.findLockHolders()).map(({ workflowKey }) => `lock of ${workflowKey}`);
  for await (const { id } of store.findJournalEntries({ status: 'applying' })) left.push(`entry ${id}`);
  return left;
}

export async function repair(store: LaunchPadStore): Promise<void> {
  await repairAll(store);
}

/** The documents of Fireworks, for comparing whole ones. */
export function documentsOf({ fireworks, workflows }: Snapshot): unknown {
  return [[...fireworks.values()].map(fireworkToDocument), workflows];
}
