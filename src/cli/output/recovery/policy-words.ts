/** A recovery policy in words: as it was understood, for whoever wrote it. */
import type { PolicyFile, RecoveryPolicy, RecoveryRule } from '../../../specs/recovery/policy-file';
import { toJsonText } from '../../../specs/printing/print-json';
import { rerunWords } from '../../../launchpad/recovery/rerun-words';
import { counted } from '../counted';

/** Lines without ends. */
export function policyLines({ policy }: Pick<PolicyFile, 'policy'>): readonly string[] {
  const { rules } = policy;
  const reruns = rules.filter(({ action }) => action.kind === 'rerun').map(limitWords);
  // What all of them say is said once.
  const shared = new Set(reruns[0]?.filter((words) => reruns.every((one) => one.includes(words))));
  return [
    lostWords(policy.lostRuns),
    `In a night: ${budgetWords(policy.budget) ?? 'as much as the rules allow'}.`,
    ...[...shared].map((words, at) => `${at === 0 ? 'Of all reruns: ' : '               '}${words}`),
    ...rules.flatMap((rule, at) => [
      '',
      `${String(at + 1)}. ${rule.name}`,
      `   when: ${conditionWords(rule)}`,
      `   do:   ${actionWords(rule)}`,
      ...(rule.action.kind === 'rerun' ? limitWords(rule) : [])
        .filter((words) => !shared.has(words))
        .map((words) => `         ${words}`),
    ]),
    '',
    'What no rule matches is left. What fails twice the same, with spec, source and worker unchanged, is quarantined.',
  ];
}

function lostWords({ handle, after }: RecoveryPolicy['lostRuns']): string {
  if (!handle) return 'Lost runs are left as they are.';
  const silence = after === undefined ? 'RUN_EXPIRATION_SECS' : durationWords(after);
  return `First, runs that were not heard of for ${silence} become FIZZLED.`;
}

function conditionWords({ selectors, conditions }: RecoveryRule): string {
  const { ids, where, activeLaunch = [] } = selectors;
  const { fingerprints, lost, names, hosts, attempts, age } = conditions;
  const parts = [
    ids && `the id is ${ids.length > 10 ? `one of ${String(ids.length)}` : ids.join(' or ')}`,
    where && `the Firework matches ${json(where)}`,
    ...activeLaunch.map(launchWords),
    fingerprints && `the fingerprint is ${[...fingerprints].join(' or ')}`,
    lost === undefined ? undefined : lost ? 'the run was lost' : 'the run was not lost',
    names && `the name is like ${names.join(' or ')}`,
    hosts && `it failed on ${hosts.join(' or ')}`,
    attempts && `it has failed ${timesWords(attempts)}`,
    age && `it failed ${rangeWords(age, durationWords)} ago`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'always' : parts.join(', and ');
}

/** `error` of the file is a query like others by now. */
function launchWords(query: Readonly<Record<string, unknown>>): string {
  const [[key, asked] = ['', undefined], ...others] = Object.entries(query);
  const { $regex: regex, $options: flags = '' } = (asked ?? {}) as Readonly<Record<string, unknown>>;
  if (others.length > 0 || !key.endsWith('._stacktrace') || typeof regex !== 'string')
    return `its launch matches ${json(query)}`;
  return `its stack trace matches /${regex}/${String(flags)}`;
}

function json(value: unknown): string {
  return toJsonText(value).replaceAll(/\s*\n\s*/g, ' ');
}

function rangeWords(
  { min, max }: { readonly min: number; readonly max: number },
  words: (value: number) => string,
): string {
  if (min === max) return words(min);
  if (max === Infinity) return `at least ${words(min)}`;
  return min === 0 ? `at most ${words(max)}` : `${words(min)} to ${words(max)}`;
}

function timesWords(range: { readonly min: number; readonly max: number }): string {
  return range.min === 1 && range.max === 1 ? 'once' : `${rangeWords(range, String)} times`;
}

function actionWords({ action }: RecoveryRule): string {
  if (action.kind === 'leave') return 'leave it to a person';
  if (action.kind === 'quarantine') return 'quarantine it, until a person releases or reruns it';
  const { taskLevel, edits } = action;
  const how = rerunWords(taskLevel, edits);
  return how === '' ? 'rerun it' : `rerun it${taskLevel ? ' ' : ', '}${how}`;
}

function limitWords({
  maxAttempts,
  transient,
  backoff,
  window,
  budget,
  canary,
  breaker,
}: RecoveryRule): readonly string[] {
  const inNight = budgetWords(budget);
  return [
    `at most ${counted(maxAttempts, 'attempt')} in all${transient ? ', also of what fails twice the same: the error is transient' : ''}`,
    ...(backoff ? [backoffWords(backoff)] : []),
    ...(window ? [windowWords(window)] : []),
    ...(inNight === undefined ? [] : [`in a night ${inNight}`]),
    canaryWords(canary, transient),
    breakerWords(breaker, transient),
  ];
}

function canaryWords(canary: number, transient: boolean): string {
  if (canary === 0) return 'all of an error at once';
  const once = transient ? 'half of them have not failed' : 'none of them fails';
  return `of an error ${counted(canary, 'canary', 'canaries')} first, the rest once ${once} the same way`;
}

function breakerWords({ failures, rest }: RecoveryRule['breaker'], transient: boolean): string {
  const canaries = transient ? 'most of its canaries' : 'a canary';
  const reruns =
    failures === 0 ? '' : `, or ${String(failures)} reruns${transient ? ' and most of them' : ''},`;
  return `nothing more of an error for ${durationWords(rest)} after ${canaries}${reruns} failed the same way`;
}

function backoffWords({ first, factor, longest }: NonNullable<RecoveryRule['backoff']>): string {
  const begin = `not before ${durationWords(first)} have passed since it failed`;
  if (factor === 1) return begin;
  const limit = longest === Infinity ? '' : `, ${durationWords(longest)} at most`;
  return `${begin}, ${String(factor)} times as long after each further attempt${limit}`;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function windowWords({ from, to, days }: NonNullable<RecoveryRule['window']>): string {
  const on = days ? `, beginning on ${[...days].map((day) => DAYS[day] ?? '').join(', ')}` : '';
  return `between ${clockWords(from)} and ${clockWords(to)}, local time${on}`;
}

function clockWords(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function budgetWords({ fireworks, coreHours }: RecoveryPolicy['budget']): string | undefined {
  const parts = [
    ...(fireworks === undefined ? [] : [`at most ${counted(fireworks, 'Firework')}`]),
    ...(coreHours === undefined ? [] : [`at most ${counted(coreHours, 'core hour')}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(' and ');
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
] as const;

function durationWords(millis: number): string {
  const [size, unit] = UNITS.find(([one]) => millis >= one && millis % one === 0) ?? [1000, 's'];
  return `${String(millis / size)} ${unit}`;
}
