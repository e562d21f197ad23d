/** Why a Firework is in its state, what became of its attempts, and what a rerun would reset. */
import { coreHoursOf } from '../../domain/failures/cores';
import { errorOf, failureOf } from '../../domain/failures/failure-of';
import { errorText, type FailedLaunch } from '../../domain/failures/failure';
import { fingerprintOf, type Fingerprint } from '../../domain/failures/fingerprint';
import { specDifferences, type SpecDifference } from '../../domain/explain/spec-differences';
import { whyState, type Explanation, type HeldBy, type ParentState } from '../../domain/explain/why-state';
import type { Firework, Launch, ValueObject, Workflow } from '../../domain/model';
import { isHeld, type FireworkState } from '../../domain/state';
import { isTruthy } from '../../domain/workflow-draft';
import { parentsByChild } from '../../domain/workflow-graph';
import { LpadError } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { failedLaunchesById, launchesById } from '../launches-by-id';
import { findStanding, type StandingQuarantine } from '../recovery/quarantines';
import { representativeLaunch } from '../refresh/likely-state';
import { rerunFireworks } from '../rerun/rerun-fireworks';
import type { RerunOutcome } from '../rerun/rerun-report';
import type { RunContext } from '../run-context';

export { specDifferences };
export type { HeldBy, ParentState, SpecDifference };

export interface Attempt {
  readonly launch: Launch;
  /** Of an earlier attempt. */
  readonly archived: boolean;
  /** Undefined while the launch has not FIZZLED. */
  readonly error?: Fingerprint & { readonly text: string };
  /** As the launch began; undefined where nobody noted it. */
  readonly spec: ValueObject | undefined;
  readonly coreHours: number;
}

export interface ExplainedFirework extends Explanation {
  readonly firework: Firework;
  readonly workflow: { readonly name: string; readonly state: FireworkState } | undefined;
  readonly parents: readonly ParentState[];
  readonly heldBy: HeldBy | undefined;
  /** Of a FIZZLED one: what `lpad recover` has noted about its failure, while it means something. */
  readonly quarantine: StandingQuarantine | undefined;
  /** By ascending launch_id. */
  readonly attempts: readonly Attempt[];
  /** Between the specs of the attempts in their order, and the spec of today behind them. */
  readonly differences: readonly SpecDifference[];
  /** What a rerun would do; undefined for a Firework in no workflow. */
  readonly rerun: RerunOutcome | undefined;
}

export interface ExplainRequest {
  readonly fwId: number;
  /** Seconds of silence after which a run counts as lost. */
  readonly expirationSecs: number;
}

export async function explainFirework(
  store: LaunchPadStore,
  { fwId, expirationSecs }: ExplainRequest,
  context: RunContext,
): Promise<ExplainedFirework> {
  const firework = await getFirework(store, fwId);
  const workflow = await findWorkflow(store, fwId);
  const parents = workflow ? await readParents(store, workflow, firework) : [];
  const { attempts, launches, failed } = await readAttempts(store, firework);
  const heldBy = isHeld(firework.state) ? await findHolder(store, firework) : undefined;
  const failure = failureOf(firework.launches, failed);
  const quarantine = await findStanding(store, firework, failure);
  const launch =
    failure && firework.state === 'FIZZLED'
      ? launches.get(failure.launchId)
      : representativeLaunch(firework.launches, launches);
  const explanation = whyState({
    fwId,
    state: firework.state,
    updatedOn: firework.updatedOn,
    parents,
    launch,
    fingerprint: firework.state === 'FIZZLED' ? fingerprintOf(errorOf(failure)) : undefined,
    quarantine,
    heldBy,
    asksFor: asksFor(firework.spec),
    now: context.now(),
    expirationSecs,
  });
  return {
    ...explanation,
    firework,
    workflow: workflow && { name: workflow.name, state: workflow.state },
    parents,
    heldBy,
    quarantine,
    attempts,
    differences: specDifferences([...attempts.map(({ spec }) => spec), firework.spec]),
    rerun: await planOf(store, fwId, context),
  };
}

async function getFirework(store: LaunchPadStore, fwId: number): Promise<Firework> {
  for await (const firework of store.findFireworks({ ids: [fwId] }, 'all')) return firework;
  throw new LpadError('NOT_FOUND', `there is no Firework ${String(fwId)}`, { hint: 'lpad get_fws -d ids' });
}

async function findWorkflow(store: LaunchPadStore, fwId: number): Promise<Workflow | undefined> {
  for await (const workflow of store.findWorkflows({ members: [fwId] })) return workflow;
  return undefined;
}

async function readParents(
  store: LaunchPadStore,
  { links }: Workflow,
  { fwId, spec }: Firework,
): Promise<readonly ParentState[]> {
  const ids = [...new Set(parentsByChild(links).get(fwId) ?? [])];
  const tolerates = isTruthy(spec['_allow_fizzled_parents']);
  const parents: ParentState[] = [];
  if (ids.length === 0) return parents;
  for await (const { fwId: id, name, state } of store.findFireworks({ ids }, 'summary')) {
    const satisfied = state === 'COMPLETED' || (tolerates && state === 'FIZZLED');
    parents.push({ fwId: id, name, state, satisfied });
  }
  return parents;
}

interface Attempts {
  readonly attempts: readonly Attempt[];
  readonly launches: ReadonlyMap<number, Launch>;
  readonly failed: ReadonlyMap<number, FailedLaunch>;
}

async function readAttempts(store: LaunchPadStore, firework: Firework): Promise<Attempts> {
  const ids = [...new Set([...firework.archivedLaunches, ...firework.launches])];
  const launches = await launchesById(store, ids, 'brief');
  const failed = await failedLaunchesById(store, ids);
  const specs = new Map<number, ValueObject>();
  for await (const { launchId, spec } of store.findLaunchRecords(ids)) specs.set(launchId, spec);
  const attempts = [...launches.values()].map((launch): Attempt => {
    const failure = failed.get(launch.launchId);
    const spec = specs.get(launch.launchId);
    return {
      launch,
      archived: !firework.launches.includes(launch.launchId),
      ...(failure ? { error: { ...fingerprintOf(failure.error), text: errorText(failure.error) } } : {}),
      spec,
      coreHours: coreHoursOf(spec ?? firework.spec, failure?.workerCores, launch.runtimeSecs),
    };
  });
  return { attempts, launches, failed };
}

function asksFor(spec: ValueObject): readonly string[] {
  const { _category: category, _fworker: worker } = spec;
  return [
    ...(typeof category === 'string' ? [`the category ${category}`] : []),
    ...(typeof worker === 'string' ? [`the name ${worker}`] : []),
  ];
}

/** The last command that gave the Firework the state that it has. */
async function findHolder(store: LaunchPadStore, { fwId, state }: Firework): Promise<HeldBy | undefined> {
  for await (const entry of store.findJournalEntries({})) {
    const changes = entry.patches.flatMap((patch) => patch.changes);
    const own = changes.find(({ collection, id }) => collection === 'fireworks' && Number(id) === fwId);
    const after = own?.fields.find(({ path }) => path[0] === 'state')?.after;
    if (after === undefined) continue;
    if (after !== state) return undefined;
    const { run, user, host, createdOn, commandLine } = entry;
    return { journalId: run, user, host, on: createdOn, commandLine };
  }
  return undefined;
}

/** As `lpad rerun_fws -i … --dry-run` plans it. */
async function planOf(
  store: LaunchPadStore,
  fwId: number,
  context: RunContext,
): Promise<RerunOutcome | undefined> {
  const options = { includeRunning: false, resetHeld: false, clearRecovery: false };
  const request = { ids: [fwId], options, noDuplicates: false, dryRun: true };
  const { targets } = await rerunFireworks(store, request, context);
  return targets.find((target) => target.fwId === fwId);
}
