/** Which rule a failure falls under: the first whose selectors select it and whose conditions hold. */
import type { FailureFacts } from './failure-facts';
import type { Range, RecoveryPolicy, RecoveryRule } from './policy';

export interface MatchedRule {
  readonly rule: RecoveryRule;
  readonly position: number;
}

export function matchRule(
  { rules }: Pick<RecoveryPolicy, 'rules'>,
  facts: FailureFacts,
  now: number,
): MatchedRule | undefined {
  const position = rules.findIndex((rule, at) => facts.selectedBy.has(at) && fits(rule, facts, now));
  const rule = rules[position];
  return rule && { rule, position };
}

function fits({ conditions, action }: RecoveryRule, facts: FailureFacts, now: number): boolean {
  // Who was released is to be tried, and not to be put back by the same rule.
  if (action.kind === 'quarantine' && facts.released) return false;
  const { fingerprints, lost, names, hosts, attempts, age } = conditions;
  const asked: readonly boolean[] = [
    fingerprints === undefined || fingerprints.has(facts.fingerprint),
    lost === undefined || lost === facts.lost,
    names === undefined || names.some((pattern) => fitsPattern(facts.name, pattern)),
    hosts === undefined || hosts.some((pattern) => fitsPattern(facts.host ?? '', pattern)),
    attempts === undefined || isWithin(facts.attempts.length, attempts),
    age === undefined || isWithin(now - facts.failedAt, age),
  ];
  return asked.every((one) => one);
}

function isWithin(value: number, { min, max }: Range): boolean {
  return value >= min && value <= max;
}

/** `*` is anything, `?` one character; without a way back into the text, so that no pattern takes long. */
export function fitsPattern(text: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const last = parts.length - 1;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const place =
      index === last && last > 0 ? Math.max(at, text.length - part.length) : placeOf(text, part, at);
    if (place < 0 || (index === 0 && place !== 0) || !standsAt(text, part, place)) return false;
    at = place + part.length;
  }
  return at === text.length;
}

function placeOf(text: string, part: string, from: number): number {
  for (let at = from; at + part.length <= text.length; at += 1) if (standsAt(text, part, at)) return at;
  return -1;
}

function standsAt(text: string, part: string, at: number): boolean {
  if (at + part.length > text.length) return false;
  for (let index = 0; index < part.length; index += 1)
    if (part[index] !== '?' && part[index] !== text[at + index]) return false;
  return true;
}
