/**
 * What is done about each failure of a night, and why. Pure: the same facts, history and clock give the same decisions, and
 * what is decided about one failure only ever restricts those behind it.
 */
import { ClusterState, type PastRerun } from './cluster-state';
import type { FailureFacts, Repeats } from './failure-facts';
import { backoffUntil, isInWindow, Spending, type LocalTime } from './limits';
import { matchRule, type MatchedRule } from './match-rule';
import type { Decision, DecisionAction, DecisionReason } from './night';
import type { RecoveryPolicy, RecoveryRule } from './policy';
import { ENOUGH } from './repeats';

export interface NightInput {
  readonly policy: RecoveryPolicy;
  readonly failures: readonly FailureFacts[];
  /** By Firework; those that are left out have failed alike less than twice. */
  readonly repeats: ReadonlyMap<number, Repeats>;
  /** By fingerprint. */
  readonly past: ReadonlyMap<string, readonly PastRerun[]>;
  /** What this night has rerun so far: the rule, and what the failed launch had taken. */
  readonly spent: readonly { readonly rule: string; readonly coreHours: number }[];
  readonly now: number;
  readonly local: LocalTime;
}

/** In the order in which they are to be done: rule by rule, and within one in its order. */
export function decideNight(input: NightInput): readonly Decision[] {
  const { policy, failures, now } = input;
  const matched = failures.map((facts) => ({ facts, match: matchRule(policy, facts, now) }));
  const night = new NightSoFar(input);
  return matched.sort(inOrder).map(({ facts, match }) => decide(input, night, facts, match?.rule));
}

interface Matched {
  readonly facts: FailureFacts;
  readonly match: MatchedRule | undefined;
}

function inOrder(one: Matched, other: Matched): number {
  const byRule = (one.match?.position ?? Infinity) - (other.match?.position ?? Infinity);
  if (byRule !== 0 && !Number.isNaN(byRule)) return byRule;
  const order = one.match?.rule.order;
  const byDate = order ? order.direction * (one.facts[order.field] - other.facts[order.field]) : 0;
  if (byDate !== 0) return byDate;
  // Canaries are others each time, so that a long outage uses up nobody's attempts.
  const byAttempts = one.facts.attempts.length - other.facts.attempts.length;
  return byAttempts || one.facts.fwId - other.facts.fwId;
}

/** What earlier calls and this one have done: it grows with each rerun that is decided. */
class NightSoFar {
  readonly #clusters = new Map<string, ClusterState>();
  readonly #past: NightInput['past'];
  readonly all = new Spending();
  readonly #rules = new Map<string, Spending>();

  constructor({ past, spent }: NightInput) {
    this.#past = past;
    for (const { rule, coreHours } of spent) this.spend(rule, coreHours);
  }

  cluster(fingerprint: string): ClusterState {
    const known = this.#clusters.get(fingerprint);
    if (known) return known;
    const state = new ClusterState(this.#past.get(fingerprint) ?? []);
    this.#clusters.set(fingerprint, state);
    return state;
  }

  ofRule(rule: string): Spending {
    const known = this.#rules.get(rule);
    if (known) return known;
    const spending = new Spending();
    this.#rules.set(rule, spending);
    return spending;
  }

  spend(rule: string, coreHours: number): void {
    this.all.add(coreHours);
    this.ofRule(rule).add(coreHours);
  }
}

type Verdict = Pick<Decision, 'action' | 'why' | 'reason'> & { readonly until?: number };

function decide(
  input: NightInput,
  night: NightSoFar,
  facts: FailureFacts,
  rule: RecoveryRule | undefined,
): Decision {
  const base = { fwId: facts.fwId, rule: rule?.name, canary: false };
  const standing = standingVerdict(facts, rule);
  if (standing) return { ...base, ...standing };
  // A standing verdict is there for whatever has no rule that reruns.
  if (rule === undefined) throw new Error('a failure without a rule is left');
  const stopped =
    hopeless(input, facts, rule) ??
    untimely(input, facts, rule) ??
    overspent(input.policy, night, facts, rule);
  const cluster = night.cluster(facts.fingerprint);
  const judged = stopped ?? clusterVerdict(input, cluster, facts, rule);
  if (judged !== undefined && judged !== 'canary') return { ...base, ...judged };
  const canary = judged === 'canary';
  night.spend(rule.name, facts.coreHours);
  cluster.add({ fwId: facts.fwId, canary, at: input.now, result: 'pending' });
  const reason = canary ? `canary of the rule ${rule.name}` : `by the rule ${rule.name}`;
  return { ...base, ...verdict('rerun', 'rule', reason), canary };
}

function verdict(action: DecisionAction, why: DecisionReason, reason: string): Verdict {
  return { action, why, reason };
}

/** What does not depend on the night. */
function standingVerdict(facts: FailureFacts, rule: RecoveryRule | undefined): Verdict | undefined {
  const { quarantine } = facts;
  if (quarantine) return verdict('leave', 'quarantined', `quarantined: ${quarantine.reason}`);
  if (facts.rerunTonight) return verdict('leave', 'rerun tonight', 'was rerun in this night already');
  if (rule === undefined) return verdict('leave', 'no rule', 'no rule matches');
  const { kind } = rule.action;
  if (kind === 'leave') return verdict('leave', 'rule', `the rule ${rule.name} leaves it`);
  if (kind === 'quarantine') return verdict('quarantine', 'rule', `the rule ${rule.name} quarantines it`);
  return undefined;
}

/** What no waiting helps. */
function hopeless(
  { repeats }: NightInput,
  { fwId, attempts, pattern }: FailureFacts,
  { name, maxAttempts, transient }: RecoveryRule,
): Verdict | undefined {
  const { count = 0, unknownSpecs = 0 } = repeats.get(fwId) ?? {};
  if (count >= ENOUGH && !transient) {
    const unknown =
      unknownSpecs > 0
        ? ` (the specs of ${String(unknownSpecs)} of these launches were not noted, and are taken for today's)`
        : '';
    const reason = `failed ${times(count)} with "${pattern}", and spec, source and worker are unchanged${unknown}`;
    return verdict('quarantine', 'failed twice the same', reason);
  }
  if (attempts.length < maxAttempts) return undefined;
  const reason = `failed ${times(attempts.length)}, and the rule ${name} allows ${String(maxAttempts)}`;
  return verdict('leave', 'attempts used up', reason);
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${String(count)} times`;
}

function untimely(
  { now, local }: NightInput,
  { failedAt, attempts }: FailureFacts,
  { name, window, backoff }: RecoveryRule,
): Verdict | undefined {
  if (window && !isInWindow(window, local))
    return verdict('hold', 'outside of the window', `outside of the time window of the rule ${name}`);
  const until = backoff && backoffUntil(backoff, failedAt, attempts.length);
  if (until === undefined || until <= now) return undefined;
  return {
    ...verdict('hold', 'backoff', `waits until ${clock(until)} after ${times(attempts.length)} failed`),
    until,
  };
}

function overspent(
  { budget }: RecoveryPolicy,
  night: NightSoFar,
  { coreHours }: FailureFacts,
  rule: RecoveryRule,
): Verdict | undefined {
  const ofAll = night.all.exceeds(budget, coreHours);
  if (ofAll !== undefined) return verdict('hold', 'budget', `the budget of the policy: ${ofAll}`);
  const ofRule = night.ofRule(rule.name).exceeds(rule.budget, coreHours);
  if (ofRule === undefined) return undefined;
  return verdict('hold', 'budget', `the budget of the rule ${rule.name}: ${ofRule}`);
}

function clusterVerdict(
  { now }: NightInput,
  cluster: ClusterState,
  { failedAt }: FailureFacts,
  rule: RecoveryRule,
): Verdict | 'canary' | undefined {
  // A clock that is ahead elsewhere makes no failure of tomorrow.
  const judged = cluster.judge(rule, Math.min(failedAt, now), now);
  switch (judged.kind) {
    case 'go':
      return undefined;
    case 'canary':
      return 'canary';
    case 'open': {
      const { until, because } = judged;
      const reason = `the circuit breaker is open until ${clock(until)}: ${because}`;
      return { ...verdict('hold', 'breaker open', reason), until };
    }
    case 'wait': {
      const ids = judged.canaries.map(String).join(', ');
      return verdict(
        'hold',
        'canaries under way',
        `waits for ${judged.canaries.length === 1 ? 'canary' : 'canaries'} ${ids}`,
      );
    }
  }
}

function clock(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
