/** New runs of recorded ones, for programs. */
import type { NewWorkflow, ValueObject } from '../domain/model';
import type { FireworkState } from '../domain/state';
import { lowestOf } from '../domain/workflow-graph';
import { LpadError } from '../errors';
import { addDefinition } from '../launchpad/as-new/add-definition';
import { startRuns, type NewRunWishes, type StartedRun, type Way } from '../launchpad/as-new/start-runs';
import { followRun, type FollowOptions, type RunEvent } from '../launchpad/follow/follow-run';
import { createRunContext } from '../launchpad/run-context';
import { findRunOutputs, type FireworkOutput } from '../launchpad/follow/run-outputs';
import { workflowsOf } from '../specs/workflow-files/workflow-file';
import type { LaunchPadStore } from '../storage/launchpad-store';
import { Firework } from './firework';
import { Workflow } from './workflow';

/** What every rerun of a context has; {@link LaunchPad.withRunContext}. */
export interface RunSettings {
  /** Of the new Workflow; that of the recorded one. */
  readonly name?: string;
  /** For the processes that Firetasks start. */
  readonly envVars?: Readonly<Record<string, string>>;
  /** Into `metadata.labels`. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Into the metadata. */
  readonly project?: string;
  readonly domain?: string;
}

export interface RerunAsNewWishes {
  /**
   * New values of keys of specs, each in every Firework that has it: converted and checked by its `_input_schema`, or by the
   * type of the value that was there.
   */
  readonly inputs?: ValueObject;
  /** Run this instead, with the recorded inputs; with `from`, the specs of what runs again. */
  readonly definition?: Workflow | Firework;
  /** This Firework and all below it run again, and the others stand with their results. */
  readonly from?: number;
  /** The Firework alone, without the rest of its Workflow. */
  readonly alone?: boolean;
  /** The specs as they are now, not as they were run. */
  readonly current?: boolean;
}

export interface WaitWishes {
  readonly signal?: AbortSignal;
  /** Between two looks at the database; 500. */
  readonly pollMs?: number;
}

/** A run that was started; rockets run it ({@link rapidfire}, `rlaunch`). */
export class Run {
  /** Of the first of its Fireworks. */
  readonly id: number;
  /** From the ids of the recorded Fireworks, or of the definition, to those of the run. */
  readonly idMap: ReadonlyMap<number, number>;
  /** What a person should know of how it was made. */
  readonly notes: readonly string[];
  /** For {@link LaunchPad.undo}, while nothing of it has run. */
  readonly journalId: string;
  readonly #store: LaunchPadStore;

  /** @internal */
  constructor(store: LaunchPadStore, made: Pick<Run, 'idMap' | 'notes' | 'journalId'>) {
    this.#store = store;
    this.idMap = made.idMap;
    this.notes = made.notes;
    this.journalId = made.journalId;
    this.id = lowestOf(made.idMap.values());
  }

  /** What happens in it, until it has ended; with `once`, what there is by now. */
  events(wishes: FollowOptions = {}): AsyncIterable<RunEvent> {
    return followRun(this.#store, this.id, wishes);
  }

  /** The state in which it ends; undefined when the signal came first. It starts no rocket. */
  async wait(wishes: WaitWishes = {}): Promise<FireworkState | undefined> {
    for await (const event of this.events(wishes)) if (event.kind === 'end') return event.state;
    return undefined;
  }

  /** What its COMPLETED Fireworks stored and handed on, by name; those of one name by `name--id`. */
  outputs(): Promise<Readonly<Record<string, FireworkOutput>>> {
    return findRunOutputs(this.#store, this.id);
  }

  /** The lines of its log, as `lpad follow` shows them: those that there are, or with `follow` until it ends. */
  async *logs({ follow = false, ...wishes }: WaitWishes & { readonly follow?: boolean } = {}): AsyncGenerator<
    string,
    void
  > {
    for await (const event of this.events({ ...wishes, once: !follow })) {
      if (event.kind === 'output') yield `${String(event.fwId)} ${event.name} | ${event.line}`;
      else if (event.kind === 'state') yield `${String(event.fwId)} ${event.name}: ${event.to}`;
    }
  }
}

/** Reruns with the same settings. */
export class RunContext {
  readonly #store: LaunchPadStore;
  readonly #settings: RunSettings;

  /** @internal */
  constructor(store: LaunchPadStore, settings: RunSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** {@link LaunchPad.rerun} with these settings. */
  async rerun(fwId: number, wishes: RerunAsNewWishes = {}): Promise<Run> {
    const { definition, from, alone = false, inputs } = wishes;
    if (from !== undefined && alone) throw new LpadError('USAGE', 'a rerun has `from` or `alone`, not both');
    const defined = definition && definedBy(definition);
    if (defined && from === undefined) return this.#addDefinition(fwId, defined, inputs);
    const way = wayOf(from, alone, fwId);
    const context = contextOf(way.kind === 'from' ? 'rerun from' : 'rerun as new');
    const { runs, journalId = '' } = await startRuns(
      this.#store,
      {
        ways: [{ fwId, way }],
        wishes: { ...this.#wishes(wishes.current ?? false), ...(defined ? { definition: defined } : {}) },
        ...(inputs ? { inputs } : {}),
        dryRun: false,
      },
      context,
    );
    const [started] = runs;
    if (!started?.run) throw whyNot(fwId, started);
    return new Run(this.#store, { idMap: started.run.idMap, notes: started.notes, journalId });
  }

  async #addDefinition(fwId: number, definition: NewWorkflow, inputs: ValueObject | undefined): Promise<Run> {
    const request = { definition, fwId, wishes: this.#wishes(false), ...(inputs ? { inputs } : {}) };
    return new Run(this.#store, await addDefinition(this.#store, request, contextOf('rerun as new')));
  }

  #wishes(current: boolean): NewRunWishes {
    const { envVars = {}, labels = {}, ...named } = this.#settings;
    return { ...named, labels, env: envVars, edits: [], current };
  }
}

function wayOf(from: number | undefined, alone: boolean, fwId: number): Way {
  if (from !== undefined) return { kind: 'from', fwId: from };
  return alone ? { kind: 'alone', fwId } : { kind: 'whole' };
}

function definedBy(definition: Workflow | Firework): NewWorkflow {
  const { name } = definition;
  const whole =
    definition instanceof Firework
      ? new Workflow([definition], name === undefined ? {} : { name })
      : definition;
  const [found] = workflowsOf(whole.toDict(), { named: 'the definition', now: new Date() });
  if (!found) throw new LpadError('BAD_WORKFLOW', 'the definition holds no workflow');
  return found;
}

function whyNot(fwId: number, started: StartedRun | undefined): LpadError {
  const reason = `${String(fwId)} was not rerun: ${started?.reason ?? 'nothing came of it'}`;
  if (started?.outcome === 'conflict') return new LpadError('CONFLICT', reason);
  return new LpadError(started?.outcome === 'failed' ? 'NOT_FOUND' : 'FAILED', reason);
}

function contextOf(operation: string): ReturnType<typeof createRunContext> {
  return createRunContext({ operation, commandLine: [`lpad library: ${operation}`] });
}
