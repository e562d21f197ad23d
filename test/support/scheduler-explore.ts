/** Ways through the runs of a simulation: all of them, or many at random, or one that is told. */
import { createHash } from 'node:crypto';
import type { Actor, Decide, Option, Scheduler } from './scheduler';

export interface Simulation {
  readonly scheduler: Scheduler;
  /** The whole state, as text: two runs that come to the same one have the same future. */
  state(): string;
  /** Throws when what the run left is wrong. */
  check(): Promise<void>;
}

export interface Bounds {
  readonly crashes?: number;
  /** How often an actor is interrupted that could go on; without it, as often as possible. */
  readonly preemptions?: number;
  readonly mostRuns?: number;
}

export interface Explored {
  readonly runs: number;
  readonly finished: number;
  readonly states: number;
  /** Whether nothing within the bounds was left out. */
  readonly complete: boolean;
}

interface Point {
  readonly options: number;
  chosen: number;
}

/** Depth first, each state once. */
export async function explore(create: () => Simulation, bounds: Bounds = {}): Promise<Explored> {
  const { crashes = 0, preemptions = Infinity, mostRuns = Infinity } = bounds;
  const seen = new Map<string, number>();
  const trail: Point[] = [];
  let [runs, finished] = [0, 0];
  for (;;) {
    const simulation = create();
    runs += 1;
    let depth = 0;
    let spent = 0;
    const decide: Decide = (all, current) => {
      const options = inOrder(all, current);
      const known = trail[depth];
      const affordable = options.filter((one) => spent + cost(one, options, current) <= preemptions);
      if (!known) {
        if (affordable.length > 1) {
          const key = digest(`${current?.name ?? ''} ${simulation.scheduler.text()} ${simulation.state()}`);
          const before = seen.get(key);
          if (before !== undefined && before <= spent) return undefined;
          seen.set(key, spent);
        }
        trail.push({ options: affordable.length, chosen: 0 });
      }
      const option = affordable[trail[depth]?.chosen ?? 0];
      depth += 1;
      if (option) spent += cost(option, options, current);
      return option;
    };
    if (await simulation.scheduler.run(decide, crashes)) {
      finished += 1;
      await checked(simulation);
    }
    while (trail.length > 0 && isExhausted(trail.at(-1))) trail.pop();
    const last = trail.at(-1);
    if (!last) return { runs, finished, states: seen.size, complete: true };
    last.chosen += 1;
    if (runs >= mostRuns) return { runs, finished, states: seen.size, complete: false };
  }
}

function isExhausted(point: Point | undefined): boolean {
  return point !== undefined && point.chosen + 1 >= point.options;
}

/** Going on comes first, a crash last. */
function inOrder(options: readonly Option[], current: Actor | undefined): readonly Option[] {
  const rank = ({ actor, kind }: Option): number => (kind !== 'step' ? 2 : actor === current ? 0 : 1);
  return [...options].sort((one, other) => rank(one) - rank(other));
}

function cost(option: Option, options: readonly Option[], current: Actor | undefined): number {
  const canGoOn = options.some(({ actor, kind }) => actor === current && kind === 'step');
  return option.kind === 'step' && canGoOn && option.actor !== current ? 1 : 0;
}

/** One run, its decisions drawn by a seeded generator of numbers below 1. */
export async function runAtRandom(
  create: () => Simulation,
  random: () => number,
  { crashes = 0 }: Bounds = {},
): Promise<void> {
  const simulation = create();
  await simulation.scheduler.run((options, current) => {
    const crash = options.find(({ kind }) => kind !== 'step');
    if (crash && random() < 0.02) return crash;
    const steps = options.filter(({ kind }) => kind === 'step');
    const goOn = steps.find(({ actor }) => actor === current);
    return goOn && random() < 0.7 ? goOn : steps[Math.floor(random() * steps.length)];
  }, crashes);
  await checked(simulation);
}

/** What one actor does until it is about to take a step with this label, for the n-th time from here on. */
export interface Leg {
  readonly actor: string;
  /** Left out, it goes on to its end. */
  readonly until?: RegExp;
  readonly times?: number;
  readonly then?: 'crash' | 'stall';
}

/** One run, leg by leg; whoever is left at the end goes on in the order of the actors. */
export async function runLegs(create: () => Simulation, legs: readonly Leg[]): Promise<Simulation> {
  const simulation = create();
  const todo = [...legs];
  let met = 0;
  await simulation.scheduler.run(
    (options) => {
      for (let leg = todo[0]; leg; leg = todo[0]) {
        const { actor: name, until, times = 1, then } = leg;
        const step = options.find(({ actor, kind }) => actor.name === name && kind === 'step');
        const isThere = step && until?.test(step.actor.waiting[0]?.label ?? '');
        if (isThere) met += 1;
        if (step && !(isThere && met >= times)) return step;
        todo.shift();
        met = 0;
        if (until && !isThere) throw new Error(`${name} never comes to ${String(until)}`);
        if (then) return options.find(({ actor, kind }) => actor.name === name && kind === then);
      }
      return options.find(({ kind }) => kind === 'step');
    },
    legs.filter(({ then }) => then).length,
  );
  await checked(simulation);
  return simulation;
}

async function checked(simulation: Simulation): Promise<void> {
  try {
    await simulation.check();
  } catch (error) {
    const trace = simulation.scheduler.trace.join('\n  ');
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${why}\n\nafter\n  ${trace}`, { cause: error });
  }
}

function digest(text: string): string {
  return createHash('md5').update(text).digest('base64');
}

/** Numbers below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
