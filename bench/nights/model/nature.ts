/** Why launches of a Firework fail: hidden from lpad, which sees what they say alone. */
import { between, pick, type Draw } from './draw';
import { DETERMINISTIC_ERRORS, HOST_ERROR, MEMORY_ERROR, TRANSIENT_ERRORS, type ErrorKind } from './errors';

/** What the rule `out of memory` of the policy asks for. */
export const ENOUGH_MEMORY = '128G';

export type Nature =
  | { readonly kind: 'fine' }
  /** The first `failures` launches fail. */
  | { readonly kind: 'transient'; readonly error: ErrorKind; readonly failures: number }
  /** The first `failures` launches vanish without a word. */
  | { readonly kind: 'lost'; readonly failures: number }
  /** Every launch fails. */
  | { readonly kind: 'deterministic'; readonly error: ErrorKind }
  /** Every launch with less than ENOUGH_MEMORY fails. */
  | { readonly kind: 'memory'; readonly error: ErrorKind }
  /** Every launch on a bad host fails. */
  | { readonly kind: 'host'; readonly error: ErrorKind };

export type NatureKind = Nature['kind'];

/**
 * Of 10,000 Fireworks so many are not fine. What fails at its first launch is then 4 % of Fireworks, and so 16 % of
 * workflows: as many as are FIZZLED at the Materials Project (4,850 of 30,345). Those bound to hosts fail on few hosts alone.
 */
export const RATES: readonly { readonly kind: NatureKind; readonly weight: number }[] = [
  { kind: 'transient', weight: 90 },
  { kind: 'deterministic', weight: 210 },
  { kind: 'memory', weight: 50 },
  { kind: 'lost', weight: 40 },
  { kind: 'host', weight: 400 },
];

/** How many launches of what fails for a while fail. */
const HICCUPS = [
  { failures: 1, weight: 70 },
  { failures: 2, weight: 22 },
  { failures: 3, weight: 8 },
] as const;

export function natureOf(fwId: number, draw: Draw): Nature {
  const troubled = RATES.reduce((sum, { weight }) => sum + weight, 0);
  const { kind } = pick(
    [...RATES, { kind: 'fine' as const, weight: 10_000 - troubled }],
    draw('nature', fwId),
  );
  const { failures } = pick(HICCUPS, draw('hiccups', fwId));
  switch (kind) {
    case 'fine':
      return { kind };
    case 'transient':
      return { kind, error: pick(TRANSIENT_ERRORS, draw('error', fwId)), failures };
    case 'lost':
      return { kind, failures };
    case 'deterministic':
      return { kind, error: pick(DETERMINISTIC_ERRORS, draw('error', fwId)) };
    case 'memory':
      return { kind, error: MEMORY_ERROR };
    case 'host':
      return { kind, error: HOST_ERROR };
  }
}

/** After how many of its hours a launch ends. */
export function hoursUntil({ dies }: Pick<ErrorKind, 'dies'>, hours: number, drawn: number): number {
  return hours * between(dies.from, dies.to, drawn);
}
