/**
 * Runs several actors one atomic step at a time, in an order that somebody else decides. What an actor does between two
 * steps depends on nothing but what its steps returned, so the same decisions give the same run. Each actor has a clock
 * of its own, which its steps and sleeps move on.
 */
type Fate = 'ready' | 'working' | 'asleep' | 'done' | 'failed' | 'crashed';

interface Waiting {
  readonly label: string;
  readonly go: () => void;
}

export class Actor {
  fate: Fate = 'working';
  clock: number;
  readonly waiting: Waiting[] = [];
  /** All that it has done and seen, which is all that its future depends on. */
  history = '';
  error: unknown;
  /** How many changes there had been when it fell asleep: nothing new, nothing to wake for. */
  sawChanges = -1;
  /** Its locks have expired, though it will go on. */
  isPresumedDead = false;

  constructor(
    readonly name: string,
    readonly startsAfter: 'at once' | 'the crash' | 'all others',
    start: number,
  ) {
    this.clock = start;
  }
}

export interface Option {
  readonly actor: Actor;
  /** `stall`: it stands still, and others believe that it is dead, until they have come to their end. */
  readonly kind: 'step' | 'crash' | 'stall';
}

/** Picks one of the options; undefined gives the run up. */
export type Decide = (options: readonly Option[], current: Actor | undefined) => Option | undefined;

export interface SpawnOptions {
  readonly startsAfter?: Actor['startsAfter'];
  readonly canCrash?: boolean;
  readonly canStall?: boolean;
}

const DAY = 86_400_000;

export class Scheduler {
  readonly actors: Actor[] = [];
  readonly trace: string[] = [];
  /** Between two of its steps nobody else does anything. */
  #active: Actor | undefined;
  readonly #mortal = new Map<Actor, 'crash' | 'stall'>();
  readonly #starts = new Map<Actor, () => void>();
  readonly #setClock: (time: number) => void;
  #changes = 0;
  #crashesLeft = 0;
  #last: Actor | undefined;

  constructor(setClock: (time: number) => void) {
    this.#setClock = setClock;
  }

  /** The actor that runs now, by name. */
  currentName(): string {
    return this.#active?.name ?? 'nobody';
  }

  isGone(name: string): boolean {
    return this.actors.some((actor) => actor.name === name && isGone(actor));
  }

  spawn(name: string, work: () => Promise<unknown>, options: SpawnOptions = {}): Actor {
    const start = Date.UTC(2027, 0, 1) + this.actors.length * DAY;
    const actor = new Actor(name, options.startsAfter ?? 'at once', start);
    this.actors.push(actor);
    if (options.canCrash) this.#mortal.set(actor, 'crash');
    if (options.canStall) this.#mortal.set(actor, 'stall');
    this.#starts.set(actor, () => {
      work().then(
        () => (actor.fate = 'done'),
        (error: unknown) => {
          actor.fate = 'failed';
          actor.error = error;
        },
      );
    });
    actor.fate = 'ready';
    return actor;
  }

  /** Waits for its turn, then does the step at once. */
  async takeTurn<Result>(label: string, changes: boolean, step: () => Result): Promise<Result> {
    const actor = this.#active;
    // Outside of the simulation: preparing and checking.
    if (!actor) return step();
    await new Promise<void>((go) => {
      actor.waiting.push({ label, go });
      actor.fate = 'ready';
    });
    actor.clock += 1;
    this.#setClock(actor.clock);
    const result = step();
    if (changes && !isIdle(result)) this.#changes += 1;
    actor.history += `${label}=${JSON.stringify(result)};`;
    return result;
  }

  /** Until something has changed, or nobody else can go on. */
  async sleep(ms: number): Promise<void> {
    const actor = this.#active;
    if (!actor) return;
    actor.sawChanges = this.#changes;
    await new Promise<void>((go) => {
      actor.waiting.push({ label: `sleep ${String(ms)}`, go });
      actor.fate = 'asleep';
    });
    actor.history += `sleep ${String(ms)};`;
    actor.clock += ms;
    this.#setClock(actor.clock);
  }

  /** True when all have come to an end, false when the decider gave up. */
  async run(decide: Decide, crashes = 0): Promise<boolean> {
    this.#crashesLeft = crashes;
    for (;;) {
      const options = this.#options();
      if (options.length === 0) return true;
      const option = decide(options, this.#last);
      if (!option) return false;
      await this.#do(option);
      this.#last = option.kind === 'step' ? option.actor : undefined;
    }
  }

  /** Where every actor stands, as text. */
  text(): string {
    return this.actors
      .map((actor) => `${actor.fate} ${String(actor.isPresumedDead)} ${actor.history}`)
      .join('|');
  }

  async #do({ actor, kind }: Option): Promise<void> {
    if (kind === 'stall') {
      this.trace.push(`${actor.name} STALLS`);
      actor.isPresumedDead = true;
      this.#crashesLeft -= 1;
      return;
    }
    if (kind === 'crash') {
      this.trace.push(`${actor.name} CRASHES`);
      actor.fate = 'crashed';
      this.#crashesLeft -= 1;
      return;
    }
    const start = this.#starts.get(actor);
    const next = actor.waiting.shift();
    actor.fate = 'working';
    this.#setClock(actor.clock);
    this.#active = actor;
    if (start) {
      this.#starts.delete(actor);
      start();
    } else {
      this.trace.push(`${actor.name}: ${next?.label ?? '?'}`);
      next?.go();
    }
    // Everything that follows from a step without another step happens now.
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#active = undefined;
    if (this.#fateOf(actor) === 'working') {
      if (actor.waiting.length === 0) throw new Error(`${actor.name} waits for something that is no step`);
      actor.fate = 'ready';
    }
  }

  #fateOf(actor: Actor): Fate {
    return actor.fate;
  }

  #options(): readonly Option[] {
    const started = this.actors.filter((actor) => this.#mayStart(actor) && !this.#isSuspended(actor));
    const able = started.filter(
      (actor) => actor.fate === 'ready' || (actor.fate === 'asleep' && actor.sawChanges < this.#changes),
    );
    const steps = able.length > 0 ? able : firstToWake(started);
    const mortal = this.#crashesLeft > 0 ? steps.filter((actor) => !this.#starts.has(actor)) : [];
    return [
      ...steps.map((actor) => ({ actor, kind: 'step' as const })),
      ...mortal.flatMap((actor) => {
        const kind = this.#mortal.get(actor);
        return kind && !actor.isPresumedDead ? [{ actor, kind }] : [];
      }),
    ];
  }

  /** One that stalls wakes up when all others have come to their end. */
  #isSuspended({ isPresumedDead }: Actor): boolean {
    return (
      isPresumedDead && this.actors.some((one) => !isGone(one) && !['done', 'failed'].includes(one.fate))
    );
  }

  #mayStart(actor: Actor): boolean {
    if (actor.startsAfter === 'at once') return true;
    if (actor.startsAfter === 'the crash') return this.actors.some(isGone);
    return this.actors.every(
      (one) => one.startsAfter === 'all others' || ['done', 'failed', 'crashed'].includes(one.fate),
    );
  }
}

function isGone({ fate, isPresumedDead }: Actor): boolean {
  return fate === 'crashed' || isPresumedDead;
}

/** An update that found nothing to change wakes nobody. */
function isIdle(result: unknown): boolean {
  return (
    typeof result === 'object' && result !== null && 'matchedCount' in result && result.matchedCount === 0
  );
}

/** When all sleep, time passes until the first of them wakes. */
function firstToWake(actors: readonly Actor[]): readonly Actor[] {
  const asleep = actors.filter(({ fate }) => fate === 'asleep');
  const [first] = [...asleep].sort((one, other) => one.sawChanges - other.sawChanges);
  return first ? [first] : [];
}
