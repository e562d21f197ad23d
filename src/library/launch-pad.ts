/** The LaunchPad: a database of workflows, and what can be done with it. */
import { homedir } from 'node:os';
import { createStore } from '../compose';
import { loadLaunchPadConfig, type LaunchPadConfig } from '../config/launchpad-config';
import type { Firework as StoredFirework, ValueObject, Workflow as StoredWorkflow } from '../domain/model';
import { LpadError } from '../errors';
import type { ExplainedFirework } from '../launchpad/explain/explain-firework';
import { clusterFailures, type FailureCluster } from '../launchpad/failures/cluster-failures';
import { getUndoable, listRuns, type JournalRecord } from '../launchpad/journal/list-runs';
import { undoRun, type UndoReport } from '../launchpad/journal/undo-run';
import { finishDeadOwners } from '../launchpad/locks/finish-dead-owners';
import { findTargets } from '../launchpad/change/find-targets';
import { rerunFireworks, type RerunOptions } from '../launchpad/rerun/rerun-fireworks';
import { withUnknown, type RerunReport } from '../launchpad/rerun/rerun-report';
import type { AppendReport } from '../launchpad/growth/append-workflow';
import type { ControlReport, FireworkOutcome, WorkflowOutcome } from '../launchpad/control/control-report';
import type { MorningReport } from '../launchpad/morning/load-morning';
import { findQuarantined, type Quarantine } from '../launchpad/recovery/quarantines';
import type { ExportReport } from '../launchpad/transfer/export-documents';
import type { ImportReport } from '../launchpad/transfer/import-documents';
import type { FireworkSelection, LaunchPadStore, WorkflowSelection } from '../storage/launchpad-store';
import { addAll, asWorkflow, type AddWishes } from './add';
import { appendTo, type AppendWishes } from './append';
import {
  changePriority,
  changeSpecs,
  changeStates,
  changeWorkflowStates,
  contextOf,
  modeOf,
  removeWorkflows,
  requireSelection,
  type ChangeWishes,
  type DefuseWishes,
  type DeletionReport,
  type UpdateWishes,
} from './changes';
import type { Firework } from './firework';
import { RunContext, type RerunAsNewWishes, type Run, type RunSettings } from './rerun';
import { detectLostRuns, type LostRunsFound, type LostRunsWishes } from './lost-runs';
import {
  explain,
  recoverBy,
  release,
  reportOn,
  type ExplainWishes,
  type PolicySource,
  type RecoverReport,
  type RecoverWishes,
  type ReleaseWishes,
  type ReportWishes,
} from './recovery';
import { exportLines, importLines, type ExportWishes, type ImportWishes } from './transfer';
import type { Workflow } from './workflow';

/** Which database; with nothing said, the one that `lpad` would use here (docs/configuration.md). */
export interface OpenOptions {
  /** `mongodb://host/database`, or the path of a folder: a database without a server. */
  readonly uri?: string;
  /** A launchpad file. */
  readonly file?: string;
}

export interface RerunWishes extends Partial<RerunOptions>, ChangeWishes {
  /** Leave Fireworks that share a launch with a selected one alone. */
  readonly noDuplicates?: boolean;
  /** Leave alone what has completed with the same parameters already. */
  readonly needed?: boolean;
}

export type FireworksReport = ControlReport<FireworkOutcome>;
export type WorkflowsReport = ControlReport<WorkflowOutcome>;

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
  addWorkflows(
    workflows: readonly (Workflow | Firework)[],
    wishes: AddWishes = {},
  ): Promise<readonly ReadonlyMap<number, number>[]> {
    return addAll(this.store, workflows, wishes);
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
    requireSelection(selection);
    const {
      dryRun: _,
      noDuplicates = false,
      needed = false,
      signal: __,
      onProgress: ___,
      ...options
    } = wishes;
    const { ids, unknown } = await findTargets(this.store, selection);
    const request = {
      ids,
      selection,
      options: { includeRunning: false, resetHeld: false, clearRecovery: false, ...options },
      noDuplicates,
      needed,
      ...modeOf(wishes),
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

  /** Of those that have not begun: they do not run until they are resumed. */
  pauseFireworks(selection: FireworkSelection, wishes: ChangeWishes = {}): Promise<FireworksReport> {
    return changeStates(this.store, 'PAUSE', selection, wishes);
  }

  resumeFireworks(selection: FireworkSelection, wishes: ChangeWishes = {}): Promise<FireworksReport> {
    return changeStates(this.store, 'RESUME', selection, wishes);
  }

  /** Cancels them, and with them what is below. */
  defuseFireworks(selection: FireworkSelection, wishes: ChangeWishes = {}): Promise<FireworksReport> {
    return changeStates(this.store, 'DEFUSE', selection, wishes);
  }

  reigniteFireworks(selection: FireworkSelection, wishes: ChangeWishes = {}): Promise<FireworksReport> {
    return changeStates(this.store, 'REIGNITE', selection, wishes);
  }

  pauseWorkflows(selection: WorkflowSelection, wishes: ChangeWishes = {}): Promise<WorkflowsReport> {
    return changeWorkflowStates(this.store, 'PAUSE', selection, wishes);
  }

  resumeWorkflows(selection: WorkflowSelection, wishes: ChangeWishes = {}): Promise<WorkflowsReport> {
    return changeWorkflowStates(this.store, 'RESUME', selection, wishes);
  }

  /** Whatever has not ended in them, or with `allStates` everything. */
  defuseWorkflows(selection: WorkflowSelection, wishes: DefuseWishes = {}): Promise<WorkflowsReport> {
    return changeWorkflowStates(this.store, 'DEFUSE', selection, wishes);
  }

  reigniteWorkflows(selection: WorkflowSelection, wishes: ChangeWishes = {}): Promise<WorkflowsReport> {
    return changeWorkflowStates(this.store, 'REIGNITE', selection, wishes);
  }

  /** For good, results included. */
  archiveWorkflows(selection: WorkflowSelection, wishes: ChangeWishes = {}): Promise<WorkflowsReport> {
    return changeWorkflowStates(this.store, 'ARCHIVE', selection, wishes);
  }

  /** With all their Fireworks and launches; their directories stay. {@link LaunchPad.undo} brings them back. */
  deleteWorkflows(selection: WorkflowSelection, wishes: ChangeWishes = {}): Promise<DeletionReport> {
    return removeWorkflows(this.store, selection, wishes);
  }

  /** The highest is run first. */
  setPriority(
    selection: FireworkSelection,
    priority: number,
    wishes: ChangeWishes = {},
  ): Promise<FireworksReport> {
    return changePriority(this.store, selection, priority, wishes);
  }

  /** `updateFireworks({ ids: [3] }, { 'settings.cutoff': 600 })`: keys below `spec` with their new values. */
  updateFireworks(
    selection: FireworkSelection,
    update: ValueObject,
    wishes: UpdateWishes = {},
  ): Promise<FireworksReport> {
    return changeSpecs(this.store, selection, update, wishes);
  }

  /**
   * Hangs a workflow below Fireworks of the database, all in the same one; its Fireworks then have their ids there. Throws
   * NOT_FOUND, BAD_WORKFLOW, … with nothing appended.
   */
  appendWorkflow(
    workflow: Workflow | Firework,
    parents: readonly number[],
    wishes: AppendWishes = {},
  ): Promise<AppendReport> {
    return appendTo(this.store, asWorkflow(workflow), parents, wishes);
  }

  /** Workflows with all that they did, line by line: what `lpad export` writes. */
  exportDocuments(wishes: ExportWishes): Promise<ExportReport> {
    return exportLines(this.store, wishes);
  }

  /** Brings in what was exported. Throws ALREADY_THERE, BAD_EXPORT, … with nothing imported. */
  importDocuments(wishes: ImportWishes): Promise<ImportReport> {
    return importLines(this.store, wishes);
  }

  /** Finds runs of which nothing has been heard for long, and with `fix` ends them. */
  detectLostRuns(wishes: LostRunsWishes = {}): Promise<LostRunsFound> {
    return detectLostRuns(this.store, wishes);
  }

  /** What is FIZZLED, of a selection or all, grouped by its errors: the most frequent first. */
  failures(selection: FireworkSelection = {}): Promise<readonly FailureCluster[]> {
    return clusterFailures(this.store, selection);
  }

  /** Why a Firework is in its state, its attempts, and what a rerun would do. Throws NOT_FOUND. */
  explain(fwId: number, wishes: ExplainWishes = {}): Promise<ExplainedFirework> {
    return explain(this.store, fwId, wishes);
  }

  /**
   * A night of recovery, as `lpad recover` makes it: lost runs become FIZZLED, and what failed is treated by the rules of a
   * policy. Throws BAD_POLICY, USAGE (for a key that is no name), LOCKED (another recovery is under way), …
   */
  recover(policy: PolicySource, wishes: RecoverWishes = {}): Promise<RecoverReport> {
    return recoverBy(this.store, policy, wishes);
  }

  /** What a night of {@link LaunchPad.recover} tried, what came of it by now, and what is left to decide. Throws NOT_FOUND. */
  lastRecovery(wishes: ReportWishes = {}): Promise<MorningReport> {
    return reportOn(this.store, wishes);
  }

  /** What {@link LaunchPad.recover} has given up, of a selection or all, while it is in force. */
  quarantined(selection: FireworkSelection = {}): Promise<readonly Quarantine[]> {
    return findQuarantined(this.store, selection);
  }

  /** Recovery may try these again, as if they had failed for the first time. Those that it released. */
  releaseQuarantined(
    selection: FireworkSelection,
    wishes: ReleaseWishes = {},
  ): Promise<readonly Quarantine[]> {
    return release(this.store, selection, wishes);
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
