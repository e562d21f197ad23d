/** The LaunchPad: a database of workflows, and what can be done with it. */
import { homedir } from 'node:os';
import { createStore } from '../compose';
import { loadLaunchPadConfig, type LaunchPadConfig } from '../config/launchpad-config';
import type { Firework as StoredFirework, NewWorkflow, Workflow as StoredWorkflow } from '../domain/model';
import { LpadError } from '../errors';
import { addWorkflows } from '../launchpad/add-workflows';
import { cacheWarnings, withCacheNamespace } from '../launchpad/cache/cache-namespace';
import { getUndoable, listRuns, type JournalRecord } from '../launchpad/journal/list-runs';
import { undoRun, type UndoReport } from '../launchpad/journal/undo-run';
import { finishDeadOwners } from '../launchpad/locks/finish-dead-owners';
import { findTargets } from '../launchpad/change/find-targets';
import { rerunFireworks, type RerunOptions } from '../launchpad/rerun/rerun-fireworks';
import { withUnknown, type RerunReport } from '../launchpad/rerun/rerun-report';
import { createRunContext } from '../launchpad/run-context';
import { workflowsOf } from '../specs/workflow-files/workflow-file';
import type { FireworkSelection, LaunchPadStore, WorkflowSelection } from '../storage/launchpad-store';
import type { Firework } from './firework';
import { RunContext, type RerunAsNewWishes, type Run, type RunSettings } from './rerun';
import { Workflow } from './workflow';

/** Which database; with nothing said, the one that `lpad` would use here (docs/configuration.md). */
export interface OpenOptions {
  /** `mongodb://host/database`, or the path of a folder: a database without a server. */
  readonly uri?: string;
  /** A launchpad file. */
  readonly file?: string;
}

export interface AddWishes {
  /**
   * Within which Fireworks with `_cache` share their results: `metadata.cache_namespace` of the workflow. A function is
   * called once, with the workflow that is added.
   */
  readonly cacheNamespace?: string | ((workflow: Workflow) => string);
}

export interface RerunWishes extends Partial<RerunOptions> {
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Leave Fireworks that share a launch with a selected one alone. */
  readonly noDuplicates?: boolean;
  /** Ends the work after the batch in hand. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

/**
 * ```ts
 * const launchpad = await LaunchPad.open();
 * await launchpad.addWorkflow(new Firework(ScriptTask.fromString('echo hello')));
 * await rapidfire(launchpad);
 * await launchpad.close();
 * ```
 */
export class LaunchPad {
  /** @internal */
  readonly store: LaunchPadStore;

  private constructor(store: LaunchPadStore) {
    this.store = store;
  }

  /** Throws {@link LpadError}: BAD_CONFIG, NO_DATABASE, … */
  static async open({ uri, file }: OpenOptions = {}): Promise<LaunchPad> {
    const env = uri === undefined ? process.env : { ...process.env, LPAD_URI: uri };
    const found: LaunchPadConfig = await loadLaunchPadConfig({
      file,
      env,
      cwd: process.cwd(),
      home: homedir(),
    });
    const store = await createStore(found);
    await store.open();
    return new LaunchPad(store);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  /** From the ids of the Fireworks as they were to those in the database, which the Fireworks then have. */
  async addWorkflow(
    workflow: Workflow | Firework,
    wishes: AddWishes = {},
  ): Promise<ReadonlyMap<number, number>> {
    const [added = new Map<number, number>()] = await this.addWorkflows([workflow], wishes);
    return added;
  }

  /** All of them are checked before the first is stored; throws BAD_WORKFLOW with nothing stored. */
  async addWorkflows(
    workflows: readonly (Workflow | Firework)[],
    wishes: AddWishes = {},
  ): Promise<readonly ReadonlyMap<number, number>[]> {
    const list = workflows.map((one) => (one instanceof Workflow ? one : new Workflow([one], nameOf(one))));
    if (list.length === 0) return [];
    const drafts = workflowsOf(
      list.map((one) => one.toDict()),
      { named: 'the workflows', now: new Date() },
    );
    const added = await addWorkflows(this.store, inNamespaces(drafts, list, wishes));
    for (const [at, { fireworks }] of list.entries()) {
      for (const firework of fireworks) firework.fwId = added[at]?.idMap.get(firework.fwId) ?? firework.fwId;
    }
    return added.map(({ idMap }) => idMap);
  }

  /** Throws NOT_FOUND. */
  async getFirework(fwId: number): Promise<StoredFirework> {
    for await (const firework of this.store.findFireworks({ ids: [fwId] }, 'all')) return firework;
    throw new LpadError('NOT_FOUND', `there is no Firework ${String(fwId)}`);
  }

  /** Whole ones, as they are in the database. */
  findFireworks(selection: FireworkSelection): AsyncIterable<StoredFirework> {
    return this.store.findFireworks(selection, 'all');
  }

  findWorkflows(selection: WorkflowSelection): AsyncIterable<StoredWorkflow> {
    return this.store.findWorkflows(selection);
  }

  /**
   * `rerunFireworks({ where: { state: 'FIZZLED' } })`: as `lpad rerun_fws`, journaled, and taken back by
   * {@link LaunchPad.undo}. Throws BAD_SELECTOR for a selection of everything; `{ where: {} }` says that it is meant.
   */
  async rerunFireworks(selection: FireworkSelection, wishes: RerunWishes = {}): Promise<RerunReport> {
    if (!selection.ids && !selection.where && !selection.activeLaunch) {
      throw new LpadError('BAD_SELECTOR', 'nothing is selected: say which by ids, where or activeLaunch');
    }
    const { dryRun = false, noDuplicates = false, signal, onProgress, ...options } = wishes;
    const { ids, unknown } = await findTargets(this.store, selection);
    const request = {
      ids,
      selection,
      options: { includeRunning: false, resetHeld: false, clearRecovery: false, ...options },
      noDuplicates,
      dryRun,
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    };
    return withUnknown(await rerunFireworks(this.store, request, contextOf('rerun')), unknown);
  }

  /**
   * A new run of the Workflow with this Firework, of its specs as they were first run; the recorded one stays as it is
   * (docs/rerunning.md). It is journaled, and taken back by {@link LaunchPad.undo}. Throws NOT_FOUND, BAD_INPUTS, FAILED, …
   */
  rerun(fwId: number, wishes: RerunAsNewWishes = {}): Promise<Run> {
    return this.withRunContext({}).rerun(fwId, wishes);
  }

  /** `withRunContext({ name: 'nightly', envVars: { THREADS: '4' } }).rerun(7)` */
  withRunContext(settings: RunSettings): RunContext {
    return new RunContext(this.store, settings);
  }

  /** Takes back what a command did, the last one when none is named. Throws NOT_FOUND, … */
  async undo(journalId?: string): Promise<UndoReport> {
    await finishDeadOwners(this.store);
    const { entries } = await getUndoable(this.store, journalId);
    return undoRun(this.store, { entries, dryRun: false }, contextOf('undo'));
  }

  /** What was changed, the last first; all of it without a number. */
  journal(last?: number): Promise<readonly JournalRecord[]> {
    return listRuns(this.store, last ?? 0);
  }
}

function inNamespaces(
  drafts: readonly NewWorkflow[],
  workflows: readonly Workflow[],
  { cacheNamespace }: AddWishes,
): readonly NewWorkflow[] {
  return drafts.map((draft, at) => {
    const workflow = workflows[at];
    const namespace =
      typeof cacheNamespace === 'function' ? workflow && cacheNamespace(workflow) : cacheNamespace;
    const isAsked = cacheNamespace !== undefined;
    const named = isAsked ? withCacheNamespace(draft, namespace) : draft;
    cacheWarnings(named);
    return named;
  });
}

function nameOf({ name }: Firework): { name?: string } {
  return name === undefined ? {} : { name };
}

function contextOf(operation: string): ReturnType<typeof createRunContext> {
  return createRunContext({ operation, commandLine: [`lpad library: ${operation}`] });
}
