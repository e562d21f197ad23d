/**
 * The library: what programs may import from `lpad`. Everything else may change without notice.
 *
 * {@link LaunchPad} is where to begin.
 *
 * @packageDocumentation
 */
export type { FWorker } from './config/fworker';
export type {
  Checkpoint,
  Firework as StoredFirework,
  HistoryEntry,
  Launch,
  LaunchWorker,
  Links,
  Timestamp,
  Value,
  ValueObject,
  Workflow as StoredWorkflow,
} from './domain/model';
export type { FWActionParts } from './domain/actions/fw-action';
export type { ControlTarget } from './domain/control/control-plan';
export type { CompletedRun } from './domain/restart/needed';
export type { FailedLaunch, FailureError } from './domain/failures/failure';
export type { Fingerprint } from './domain/failures/fingerprint';
export type { DecisionAction, DecisionReason, Night, NightCall, StepStatus } from './domain/recovery/night';
export type { QuarantineStanding } from './domain/recovery/quarantine-standing';
export type { DescendantOutcome } from './domain/rerun/rerun-plan';
export type { RecoveryMode, TaskLevelOptions } from './domain/rerun/rerun-recovery';
export type { SpecEdit } from './domain/rerun/spec-edit';
export type { SpecPath } from './domain/spec-draft';
export { STATES, type FireworkState, type LaunchState } from './domain/state';
export { ERROR_CODES, EXIT, LpadError, type ErrorCode, type ExitStatus } from './errors';
export type {
  Attempt,
  ExplainedFirework,
  HeldBy,
  ParentState,
  SpecDifference,
} from './launchpad/explain/explain-firework';
export type { Counted, FailureCluster, FailureSample } from './launchpad/failures/cluster-failures';
export type { MorningReport } from './launchpad/morning/load-morning';
export type { DecisionKind, PersonDecision } from './domain/morning/decisions';
export type { NightCount } from './domain/morning/history';
export type { NewError, TalliedError, Totals, Tried, TriedAction } from './domain/morning/tally';
export type { EndName } from './domain/morning/told-step';
export type { Quarantine, StandingQuarantine } from './launchpad/recovery/quarantines';
export type { LostResult, NightStatus, RecoveryStep } from './launchpad/recovery/recover';
export type { JournalRecord } from './launchpad/journal/list-runs';
export type { FireworkUndo, UndoReport } from './launchpad/journal/undo-run';
export type { RerunOptions } from './launchpad/rerun/rerun-fireworks';
export { defineDupeFinder, type DupeFinder } from './launchpad/launches/dupe-finders';
export type { RerunCounts, RerunOutcome, RerunReport } from './launchpad/rerun/rerun-report';
export { Firework, type FireworkOptions } from './library/firework';
export { FiretaskSpec, ScriptTask, type ScriptTaskParameters } from './library/firetask-spec';
export { FWAction, type FWActionOptions, type Grown } from './library/fw-action';
export { Run, RunContext, type RerunAsNewWishes, type RunSettings, type WaitWishes } from './library/rerun';
export type { FollowOptions, RunMember, RunEvent } from './launchpad/follow/follow-run';
export type { OutputLine } from './launchpad/follow/output-tail';
export type { FireworkOutput } from './launchpad/follow/run-outputs';
export { restartNeeded, runParamsForRestart } from './library/restart';
export type { AppendWishes } from './library/append';
export type {
  ChangeWishes,
  DefuseWishes,
  DeletedWorkflow,
  DeletionReport,
  UpdateWishes,
} from './library/changes';
export {
  LaunchPad,
  type FireworksReport,
  type OpenOptions,
  type RerunWishes,
  type WorkflowsReport,
} from './library/launch-pad';
export type { AddWishes } from './library/add';
export type {
  ExplainWishes,
  PolicySource,
  RecoverReport,
  RecoverWishes,
  ReleaseWishes,
  ReportWishes,
} from './library/recovery';
export type { LostRunsFound, LostRunsWishes } from './library/lost-runs';
export type { ExportWishes, ImportWishes } from './library/transfer';
export type { Mishap } from './launchpad/change/change-in-batches';
export type { AppendedFirework, AppendReport } from './launchpad/growth/append-workflow';
export type {
  ControlCounts,
  ControlReport,
  ControlResult,
  EditedField,
  FireworkOutcome,
  WorkflowOutcome,
} from './launchpad/control/control-report';
export type { ExportReport } from './launchpad/transfer/export-documents';
export type { ImportIds, ImportReport } from './launchpad/transfer/import-documents';
export type { LostRunsReport } from './launchpad/upkeep/detect-lost-runs';
export type { MemberOutcome } from './launchpad/upkeep/commit-changes';
export { launchRocket, rapidfire, type LaunchOptions, type RapidfireWishes } from './library/run';
export { Workflow, type WorkflowOptions } from './library/workflow';
export { runContext, type CurrentRun } from './rocket/current-run';
export {
  defineFiretask,
  FiretaskError,
  type Firetask,
  type FiretaskContext,
  type FiretaskResult,
  type RocketLog,
  type TaskOutput,
} from './rocket/define-firetask';
export type { RapidfireOutcome } from './rocket/rapidfire';
export type { RocketOutcome, RocketSettings } from './rocket/rocket-options';
export type { TransferredCollection } from './domain/transferred';
export type { ExportCounts, ExportedCollection } from './specs/transfer/export-file';
export type { NewIds } from './specs/transfer/renumber';
export { parseQuery } from './specs/parse-query';
export type { FireworkSelection, Query, SortOrder, WorkflowSelection } from './storage/launchpad-store';
