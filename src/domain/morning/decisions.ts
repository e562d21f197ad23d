/** What a night leaves to a person: where no further call of `lpad recover` gets anywhere by itself. */
import type { DecisionReason, Quarantine } from '../recovery/night';
import type { TalliedError, Tried } from './tally';

export type DecisionKind =
  | 'quarantined'
  /** The circuit breaker of an error is open. */
  | 'stopped'
  | 'attempts used up'
  | 'no rule'
  /** A rule says so. */
  | 'left'
  /** The store or a plan refused a rerun. */
  | 'refused';

/** One question, about Fireworks that have error and reason in common. */
export interface PersonDecision {
  readonly kind: DecisionKind;
  readonly fingerprint: string;
  readonly pattern: string;
  readonly rule: string;
  readonly reason: string;
  readonly otherReasons: number;
  /** As they are now: what has changed since the night is not among them. Ascending. */
  readonly fwIds: readonly number[];
  /** Of `stopped`: until when. */
  readonly until: Date | null;
  /** Of `quarantined`: the night in which the first of them was. */
  readonly night: string | null;
}

const KINDS: Readonly<Partial<Record<DecisionReason, DecisionKind>>> = {
  'attempts used up': 'attempts used up',
  'no rule': 'no rule',
  'breaker open': 'stopped',
};

const ORDER: readonly DecisionKind[] = [
  'refused',
  'stopped',
  'quarantined',
  'attempts used up',
  'no rule',
  'left',
];

/** `quarantined`: those in force, of this night or others. The most urgent first, then the largest. */
export function decisionsFor(
  errors: readonly TalliedError[],
  quarantined: readonly Quarantine[],
): readonly PersonDecision[] {
  const found = [...errors.flatMap(ofError), ...ofQuarantines(quarantined)];
  const rank = ({ kind }: PersonDecision): number => ORDER.indexOf(kind);
  return found.sort((one, other) => rank(one) - rank(other) || other.fwIds.length - one.fwIds.length);
}

function ofError({ fingerprint, pattern, tried }: TalliedError): readonly PersonDecision[] {
  return tried.flatMap((one): readonly PersonDecision[] => {
    const kind = kindOf(one);
    if (kind === undefined || one.openIds.length === 0) return [];
    const { rule, reason, otherReasons, openIds: fwIds, until } = one;
    return [{ kind, fingerprint, pattern, rule, reason, otherReasons, fwIds, until, night: null }];
  });
}

function kindOf({ action, why }: Tried): DecisionKind | undefined {
  if (action === 'refused') return 'refused';
  if (action === 'leave' && why === 'rule') return 'left';
  return KINDS[why];
}

function ofQuarantines(quarantined: readonly Quarantine[]): readonly PersonDecision[] {
  const groups = new Map<string, Quarantine[]>();
  for (const one of quarantined) {
    const key = `${one.fingerprint}\n${one.rule}\n${one.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group): PersonDecision => {
    const oldest = group.reduce((one, other) => (other.since < one.since ? other : one));
    const { fingerprint, pattern, rule, reason, night } = oldest;
    const fwIds = group.map(({ fwId }) => fwId).sort((one, other) => one - other);
    return {
      kind: 'quarantined',
      fingerprint,
      pattern,
      rule,
      reason,
      otherReasons: 0,
      fwIds,
      until: null,
      night,
    };
  });
}
