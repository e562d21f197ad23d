/**
 * A cluster with a rocket on each of its hosts. Claims, starts and ends of launches are lpad's own; only what a launch
 * does, and how long it takes, is simulated.
 */
import { createAction } from '../../../src/domain/actions/fw-action';
import { touchHistory } from '../../../src/domain/launch';
import type { Launch } from '../../../src/domain/model';
import { checkoutLaunch } from '../../../src/launchpad/launches/checkout';
import { completeLaunch } from '../../../src/launchpad/launches/complete-launch';
import { writePing } from '../../../src/launchpad/launches/ping-launch';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { between, type Draw } from '../model/draw';
import { outcomeOf, type LaunchOutcome } from '../model/outcome';
import type { Population } from '../model/population';
import { HOUR_MS, type Host, type Surroundings } from '../model/surroundings';
import { Agenda } from './agenda';
import type { SimulatedClock } from './clock';
import { LaunchLog } from './launch-log';
import { memoryOf } from './submit';

export interface ClusterParts {
  readonly store: LaunchPadStore;
  readonly population: Population;
  readonly around: Surroundings;
  readonly clock: SimulatedClock;
  readonly draw: Draw;
}

interface Running {
  readonly launch: Launch;
  readonly host: Host;
  readonly attempt: number;
  readonly cores: number;
  readonly outcome: LaunchOutcome;
  readonly began: number;
}

const WORKER = { name: 'cluster', category: '', query: {}, queryText: '{}', env: {} };

/** As rockets do it. */
const PING_MS = HOUR_MS;

export class Cluster {
  readonly log = new LaunchLog();
  readonly #parts: ClusterParts;
  readonly #free: Host[];
  readonly #running = new Agenda<Running>();
  #claims = 0;
  /** What is READY has not all been looked at. */
  #mayHaveWork = true;

  constructor(parts: ClusterParts) {
    this.#parts = parts;
    this.#free = [...parts.around.hosts];
  }

  /** Runs what there is until then. */
  async runUntil(moment: number): Promise<void> {
    const { clock } = this.#parts;
    await this.#startAll();
    for (;;) {
      const next = this.#running.take(moment);
      if (!next) break;
      clock.at = next.at;
      await this.#end(next.item);
      this.#free.push(next.item.host);
      await this.#startAll();
    }
    clock.at = moment;
  }

  /** Somebody else has changed the store. */
  lookAgain(): void {
    this.#mayHaveWork = true;
  }

  /** Signs of life, as the rockets of launches that run have given them by now; those of lost ones give none. */
  async ping(): Promise<void> {
    const { clock, store } = this.#parts;
    for (const { launch, outcome, began } of this.#running.items) {
      const hours = Math.floor((clock.at - began) / PING_MS);
      if (outcome.kind === 'lost' || hours === 0) continue;
      const at = clock.dateOf(began + hours * PING_MS);
      await writePing(store, { ...launch, stateHistory: touchHistory(launch.stateHistory, at) });
    }
  }

  async #startAll(): Promise<void> {
    while (this.#mayHaveWork && this.#free.length > 0) this.#mayHaveWork = await this.#startOne();
  }

  async #startOne(): Promise<boolean> {
    const { store, population, around, clock, draw } = this.#parts;
    const host = this.#takeHost();
    const checkedOut = await checkoutLaunch(store, {
      worker: WORKER,
      host: host.name,
      ip: '10.0.0.1',
      launchDir: `/scratch/launches/${String(this.#claims)}`,
      now: clock.now,
      order: 'fifo',
      firetasks: ['ScriptTask'],
      dupeFinders: [],
      unknownIn: () => [],
      trackersOf: () => [],
      note: () => undefined,
    });
    if (!checkedOut) {
      this.#free.push(host);
      return false;
    }
    const { launch, firework: claimed } = checkedOut;
    const firework = population.fireworks.get(claimed.fwId);
    if (!firework) throw new Error(`Firework ${String(claimed.fwId)} is not of the population`);
    const { attempt, ownFailures } = this.log.count(firework.fwId);
    const memory = memoryOf(claimed.spec);
    const began = clock.at;
    const outcome = outcomeOf({ firework, host, at: began, attempt, ownFailures, memory }, around, draw);
    const running = { launch, host, attempt, cores: firework.cores, outcome, began };
    this.#running.put(began + outcome.hours * HOUR_MS, running);
    return true;
  }

  /** Any of the free ones: which is not for the queue to choose. */
  #takeHost(): Host {
    const { draw } = this.#parts;
    this.#claims += 1;
    const at = Math.floor(between(0, this.#free.length, draw('host', this.#claims)));
    const [host] = this.#free.splice(at, 1);
    if (!host) throw new Error('no host is free');
    return host;
  }

  async #end({ launch, attempt, cores, outcome, began }: Running): Promise<void> {
    const { store, clock } = this.#parts;
    const { launchId, fwId } = launch;
    const cause = outcome.kind === 'completed' ? undefined : outcome.cause;
    this.log.add({ launchId, fwId, attempt, began, hours: outcome.hours, cores, cause });
    if (outcome.kind === 'lost') return;
    const ended = await completeLaunch(store, {
      launch,
      state: cause === undefined ? 'COMPLETED' : 'FIZZLED',
      action: createAction(outcome.kind === 'failed' ? { stored_data: toldOf(outcome.message) } : {}),
      endedOn: clock.now(),
      now: clock.now,
    });
    if (ended.kind !== 'written' || ended.unrefreshed.length > 0)
      throw new Error(`the end of launch ${String(launchId)} was not written`);
    if (cause === undefined) this.lookAgain();
  }
}

/** As a rocket stores what a Firetask threw. */
function toldOf(message: string): Readonly<Record<string, unknown>> {
  const trace = `Traceback (most recent call last):\n  File "run.py", line 17, in run_task\n${message}\n`;
  return {
    _message: 'runtime error during task',
    _task: null,
    _exception: { _stacktrace: trace, _details: null },
  };
}
