/** The claims about recovery, held to a month: each that is broken, in words. */
import { ENOUGH } from '../../../src/domain/recovery/repeats';
import type { RecoveryPolicy } from '../../../src/domain/recovery/policy';
import type { Population } from '../model/population';
import type { LaunchLog } from '../run/launch-log';
import type { Tally } from './tally';

/** Of the plain loop's wasted hours at most this share. */
export const MOST_WASTED = 0.2;

export interface Judged {
  readonly name: string;
  readonly tally: Tally;
  readonly log: LaunchLog;
}

export function brokenClaims(
  { name, tally, log }: Judged,
  population: Population,
  policy: RecoveryPolicy,
  plain: Tally | undefined,
): readonly string[] {
  const broken = [...leftBehind(tally), ...triedTooOften(log, population, policy)];
  if (plain && tally.wasted > MOST_WASTED * plain.wasted) {
    const share = ((100 * tally.wasted) / plain.wasted).toFixed(1);
    broken.push(
      `it wasted ${share} % of the plain loop's core hours, more than ${String(100 * MOST_WASTED)} %`,
    );
  }
  return broken.map((one) => `${name}: ${one}`);
}

function leftBehind({ recoverable, recovered }: Tally): readonly string[] {
  const left = recoverable - recovered;
  return left === 0 ? [] : [`${String(left)} Fireworks that can complete are not COMPLETED`];
}

function triedTooOften(
  { launches }: LaunchLog,
  { fireworks }: Population,
  { rules }: RecoveryPolicy,
): readonly string[] {
  const most = Math.max(...rules.map(({ maxAttempts }) => maxAttempts));
  const [all, alike] = [new Map<number, number>(), new Map<number, number>()];
  const add = (counts: Map<number, number>, fwId: number): unknown =>
    counts.set(fwId, (counts.get(fwId) ?? 0) + 1);
  for (const { fwId, cause } of launches) {
    if (fireworks.get(fwId)?.nature.kind !== 'deterministic') continue;
    add(all, fwId);
    if (cause === 'deterministic') add(alike, fwId);
  }
  return [
    ...over(all, most, `launches, and the policy allows ${String(most)}`),
    ...over(alike, ENOUGH, `failures of the same error, and ${String(ENOUGH)} are enough`),
  ];
}

function over(counts: ReadonlyMap<number, number>, most: number, what: string): readonly string[] {
  return [...counts]
    .filter(([, count]) => count > most)
    .map(([fwId, count]) => `Firework ${String(fwId)}, which never completes, has ${String(count)} ${what}`);
}
