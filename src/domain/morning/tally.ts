/** A night counted, step by step: by error, and within one by what was tried and why. */
import { wasRerun, type DecisionReason, type RecoveryStep } from '../recovery/night';
import { endName, type EndName, type ToldStep } from './told-step';

/** What became of steps. `refused`: the store or a plan did not let it be done. `kept`: in quarantine since an earlier night. */
export type TriedAction = RecoveryStep['action'] | 'refused' | 'kept';

/** Steps about one error that have rule, decision and way in common. */
export interface Tried {
  readonly action: TriedAction;
  readonly why: DecisionReason;
  /** Empty where none matched. */
  readonly rule: string;
  /** Of a rerun, beyond rerunning. */
  readonly how: string;
  /** Of the first of them; of so many others it differs. */
  readonly reason: string;
  readonly otherReasons: number;
  /** In the order of their ids. */
  readonly fwIds: readonly number[];
  readonly canaries: readonly number[];
  readonly ends: ReadonlyMap<EndName, number>;
  /** Those that are still FIZZLED, and of reruns those that have failed again; nobody has dealt with them since. */
  readonly openIds: readonly number[];
  /** Of holds: the latest moment until which one waits. */
  readonly until: Date | null;
  /** What reruns say to people, each once. */
  readonly notes: readonly string[];
}

/** An error that reruns have met instead of their own. */
export interface NewError {
  readonly fingerprint: string;
  readonly pattern: string;
  readonly fwIds: readonly number[];
}

export interface TalliedError {
  readonly fingerprint: string;
  readonly pattern: string;
  readonly failures: number;
  /** What the failed launches took. */
  readonly coreHours: number;
  /** What reruns took that failed again. */
  readonly coreHoursAgain: number;
  /** Reruns first, then what waits, what was given up, and what was left. */
  readonly tried: readonly Tried[];
  /** The most frequent first. */
  readonly newErrors: readonly NewError[];
}

export interface Totals {
  readonly failures: number;
  readonly actions: Readonly<Record<TriedAction, number>>;
  readonly canaries: number;
  readonly ends: ReadonlyMap<EndName, number>;
  readonly coreHours: number;
  readonly coreHoursAgain: number;
}

const ORDER: readonly TriedAction[] = ['rerun', 'refused', 'hold', 'quarantine', 'leave', 'kept'];
/** Notes that are told of one group. */
const MOST_NOTES = 5;

/** Give it steps by ascending fw_id. */
export class NightTally {
  readonly #errors = new Map<string, ErrorTally>();

  add(told: ToldStep): void {
    const { fingerprint, pattern } = told.step;
    const known = this.#errors.get(fingerprint) ?? new ErrorTally(fingerprint, pattern);
    this.#errors.set(fingerprint, known);
    known.add(told);
  }

  /** The most failures first. */
  errors(): readonly TalliedError[] {
    return [...this.#errors.values()]
      .map((one) => one.counted())
      .sort((one, other) => other.failures - one.failures || (one.fingerprint < other.fingerprint ? -1 : 1));
  }
}

/** Of all errors together. */
export function totalsOf(errors: readonly TalliedError[]): Totals {
  const ends = new Map<EndName, number>();
  const actions = { rerun: 0, refused: 0, hold: 0, quarantine: 0, leave: 0, kept: 0 };
  let [failures, canaries, coreHours, coreHoursAgain] = [0, 0, 0, 0];
  for (const error of errors) {
    failures += error.failures;
    coreHours += error.coreHours;
    coreHoursAgain += error.coreHoursAgain;
    for (const tried of error.tried) {
      actions[tried.action] += tried.fwIds.length;
      canaries += tried.canaries.length;
      for (const [name, count] of tried.ends) ends.set(name, (ends.get(name) ?? 0) + count);
    }
  }
  return { failures, actions, canaries, ends, coreHours, coreHoursAgain };
}

class ErrorTally {
  readonly #fingerprint: string;
  readonly #pattern: string;
  #failures = 0;
  #coreHours = 0;
  #coreHoursAgain = 0;
  readonly #groups = new Map<string, Group>();
  readonly #newErrors = new Map<string, { readonly pattern: string; readonly fwIds: number[] }>();

  constructor(fingerprint: string, pattern: string) {
    this.#fingerprint = fingerprint;
    this.#pattern = pattern;
  }

  add(told: ToldStep): void {
    const { step, end } = told;
    this.#failures += 1;
    this.#coreHours += step.coreHours;
    if (end?.kind === 'failed') {
      this.#coreHoursAgain += end.coreHours;
      if (end.fingerprint !== step.fingerprint) this.#addNewError(end, step.fwId);
    }
    const action = triedAction(step);
    const key = [action, step.why, step.rule, step.how].join('\n');
    const group = this.#groups.get(key) ?? new Group(action, step);
    this.#groups.set(key, group);
    group.add(told);
  }

  #addNewError({ fingerprint, pattern }: Omit<NewError, 'fwIds'>, fwId: number): void {
    const known = this.#newErrors.get(fingerprint) ?? { pattern, fwIds: [] };
    known.fwIds.push(fwId);
    this.#newErrors.set(fingerprint, known);
  }

  counted(): TalliedError {
    const rank = ({ action }: Tried): number => ORDER.indexOf(action);
    return {
      fingerprint: this.#fingerprint,
      pattern: this.#pattern,
      failures: this.#failures,
      coreHours: this.#coreHours,
      coreHoursAgain: this.#coreHoursAgain,
      tried: [...this.#groups.values()]
        .map((group) => group.counted())
        .sort((one, other) => rank(one) - rank(other) || other.fwIds.length - one.fwIds.length),
      newErrors: [...this.#newErrors]
        .map(([fingerprint, one]) => ({ fingerprint, ...one }))
        .sort((one, other) => other.fwIds.length - one.fwIds.length),
    };
  }
}

function triedAction(step: RecoveryStep): TriedAction {
  // A rerun that was noted, and is not done: the call is under way, or has died.
  if (step.action === 'rerun' && !wasRerun(step)) return step.status === 'failed' ? 'refused' : 'hold';
  return step.why === 'quarantined' ? 'kept' : step.action;
}

class Group {
  readonly #action: TriedAction;
  readonly #first: RecoveryStep;
  readonly #reasons = new Set<string>();
  readonly #fwIds: number[] = [];
  readonly #canaries: number[] = [];
  readonly #openIds: number[] = [];
  readonly #ends = new Map<EndName, number>();
  readonly #notes = new Set<string>();
  #until: Date | null = null;

  constructor(action: TriedAction, first: RecoveryStep) {
    this.#action = action;
    this.#first = first;
  }

  add({ step, end, isOpen }: ToldStep): void {
    this.#fwIds.push(step.fwId);
    if (step.canary) this.#canaries.push(step.fwId);
    else this.#reasons.add(step.reason);
    if (isOpen) this.#openIds.push(step.fwId);
    if (step.until && (this.#until === null || step.until > this.#until)) this.#until = step.until;
    for (const note of step.notes) if (this.#notes.size < MOST_NOTES) this.#notes.add(note);
    if (!end) return;
    const name = endName(end, step);
    this.#ends.set(name, (this.#ends.get(name) ?? 0) + 1);
  }

  counted(): Tried {
    const { why, rule, how, reason } = this.#first;
    const [first = reason] = this.#reasons;
    return {
      action: this.#action,
      why,
      rule,
      how,
      reason: first,
      otherReasons: Math.max(0, this.#reasons.size - 1),
      fwIds: this.#fwIds,
      canaries: this.#canaries,
      ends: this.#ends,
      openIds: this.#openIds,
      until: this.#until,
      notes: [...this.#notes],
    };
  }
}
