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
export type { DescendantOutcome } from './domain/rerun/rerun-plan';
export type { RecoveryMode, TaskLevelOptions } from './domain/rerun/rerun-recovery';
export type { SpecEdit } from './domain/rerun/spec-edit';
export type { SpecPath } from './domain/spec-draft';
export { STATES, type FireworkState, type LaunchState } from './domain/state';
export { ERROR_CODES, EXIT, LpadError, type ErrorCode, type ExitStatus } from './errors';
export type { JournalRecord } from './launchpad/journal/list-runs';
export type { FireworkUndo, UndoReport } from './launchpad/journal/undo-run';
export type { RerunOptions } from './launchpad/rerun/rerun-fireworks';
export { defineDupeFinder, type DupeFinder } from './launchpad/launches/dupe-finders';
export type { RerunCounts, RerunOutcome, RerunReport } from './launchpad/rerun/rerun-report';
export { Firework, type FireworkOptions } from './library/firework';
export { FiretaskSpec, ScriptTask, type ScriptTaskParameters } from './library/firetask-spec';
export { FWAction, type FWActionOptions, type Grown } from './library/fw-action';
export { Run, RunContext, type RerunAsNewWishes, type RunSettings, type WaitWishes } from './library/rerun';
export type { FollowOptions, RunEvent } from './launchpad/follow/follow-run';
export type { FireworkOutput } from './launchpad/follow/run-outputs';
export { LaunchPad, type AddWishes, type OpenOptions, type RerunWishes } from './library/launch-pad';
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
export { parseQuery } from './specs/parse-query';
export type { FireworkSelection, Query, SortOrder, WorkflowSelection } from './storage/launchpad-store';
