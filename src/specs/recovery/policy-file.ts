/** recovery.yaml: a policy, or all that is wrong with the file, with the lines. */
import { createHash } from 'node:crypto';
import { isObject, type Value, type ValueObject } from '../../domain/model';
import {
  POLICY_DEFAULTS,
  type RecoveryPolicy,
  type RecoveryRule,
  type RuleAction,
} from '../../domain/recovery/policy';
import type { SpecEdit } from '../../domain/rerun/spec-edit';
import { plain } from '../plain-values';
import { problemsError } from '../problems';
import { parseSpecPath } from '../typed/spec-path';
import { validate } from '../validate';
import { parseLocated, type FileOptions } from '../workflow-files/located-document';
import { readConditions, readSelectors } from './policy-match';
import {
  below,
  isGiven,
  Problems,
  readBackoff,
  readBreaker,
  readBudget,
  readDuration,
  readWindow,
  type Place,
} from './policy-parts';

export type { RecoveryPolicy, RecoveryRule } from '../../domain/recovery/policy';

export interface PolicyFile {
  readonly policy: RecoveryPolicy;
  /** Ten digits of the SHA-256 of the text: two nights with the same one had the same policy. */
  readonly hash: string;
  /** For people: what is no mistake in itself, and yet surely none was meant. */
  readonly warnings: readonly string[];
}

/** Throws BAD_POLICY. */
export function parsePolicyText(text: string, options: FileOptions): PolicyFile {
  const source = { file: options.file, code: 'BAD_POLICY' } as const;
  const document = parseLocated(text, { ...options, code: source.code });
  const hint =
    'lpad recover --policy FILE --check reads it and changes nothing; docs/nightly.md has an example';
  if (!isObject(document.value)) {
    const what = 'a policy is keys with values, of which rules is needed';
    throw problemsError([{ path: [], what }], document, source, hint);
  }
  validate(document, 'recovery', source);
  const problems = new Problems();
  const policy = readPolicy(document.value, { problems, path: [] });
  if (problems.found.length > 0) throw problemsError(problems.found, document, source, hint);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return { policy, hash, warnings: findUnreachable(policy) };
}

function readPolicy(value: ValueObject, place: Place): RecoveryPolicy {
  const rules = value['rules'] as readonly ValueObject[];
  const general = readLimits(value, place, {
    maxAttempts: POLICY_DEFAULTS.maxAttempts,
    canary: POLICY_DEFAULTS.canary,
    breaker: POLICY_DEFAULTS.breaker,
    backoff: undefined,
    window: undefined,
  });
  const read = rules.map((rule, at) => readRule(rule, below(below(place, 'rules'), at), general));
  const names = read.map(({ name }) => name);
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) === at) continue;
    place.problems.add(['rules', at, 'name'], `is the name of an earlier rule, too: '${name}'`);
  }
  return {
    lostRuns: readLostRuns(value['lost_runs'], place),
    budget: readBudget(value['budget']),
    rules: read,
  };
}

function readLostRuns(value: Value, place: Place): RecoveryPolicy['lostRuns'] {
  if (!isObject(value)) return { handle: value !== false, after: undefined };
  const { after } = value;
  const inner = below(below(place, 'lost_runs'), 'after');
  return { handle: true, after: isGiven(after) ? readDuration(after, inner) : undefined };
}

type Limits = Pick<RecoveryRule, 'maxAttempts' | 'canary' | 'breaker' | 'backoff' | 'window'>;

/** What a rule does not say, the policy says for all. */
function readLimits(value: ValueObject, place: Place, otherwise: Limits): Limits {
  const { max_attempts: maxAttempts, canary } = value;
  return {
    maxAttempts: isGiven(maxAttempts) ? Number(plain(maxAttempts)) : otherwise.maxAttempts,
    canary: isGiven(canary) ? Number(plain(canary)) : otherwise.canary,
    breaker: readBreaker(value['breaker'], below(place, 'breaker')) ?? otherwise.breaker,
    backoff: readBackoff(value['backoff'], below(place, 'backoff')) ?? otherwise.backoff,
    window: readWindow(value['window'], below(place, 'window')) ?? otherwise.window,
  };
}

function readRule(value: ValueObject, place: Place, general: Limits): RecoveryRule {
  const match = value['match'] as ValueObject;
  const inMatch = below(place, 'match');
  const { sort, rsort } = value;
  if (isGiven(sort) && isGiven(rsort))
    place.problems.add(below(place, 'rsort').path, 'cannot stand beside sort');
  const key = sort ?? rsort;
  const field = key === 'created_on' ? ('createdOn' as const) : ('updatedOn' as const);
  return {
    name: String(value['name']),
    selectors: readSelectors(match, inMatch),
    conditions: readConditions(match, inMatch),
    action: readAction(value, place),
    transient: value['transient'] === true,
    order: isGiven(key) ? { field, direction: isGiven(sort) ? 1 : -1 } : undefined,
    ...readLimits(value, place, general),
    budget: readBudget(value['budget']),
  };
}

const MODES: Readonly<Record<string, 'cp' | 'prev_dir' | null>> = {
  fresh: null,
  'copy-data': 'cp',
  'previous-dir': 'prev_dir',
};

/** What has a meaning for reruns alone. */
const OF_RERUNS = [
  'task_level',
  'set',
  'unset',
  'max_attempts',
  'transient',
  'backoff',
  'window',
  'budget',
  'canary',
  'breaker',
];

function readAction(value: ValueObject, place: Place): RuleAction {
  const kind = value['do'] as RuleAction['kind'];
  if (kind !== 'rerun') {
    for (const key of OF_RERUNS)
      if (isGiven(value[key])) place.problems.add(below(place, key).path, `has no meaning with do: ${kind}`);
    return { kind };
  }
  const mode = MODES[String(value['task_level'])];
  return { kind, edits: readEdits(value, place), ...(mode === undefined ? {} : { taskLevel: { mode } }) };
}

function readEdits(value: ValueObject, place: Place): readonly SpecEdit[] {
  const { problems } = place;
  const set = isObject(value['set']) ? Object.entries(value['set']) : [];
  const unset = Array.isArray(value['unset']) ? value['unset'].map(String) : [];
  const pathOf = (text: string, at: Place): SpecEdit['path'] =>
    problems.attempt(at.path, ['_'], () => parseSpecPath(text, 'path'));
  return [
    ...set.map(([path, one]): SpecEdit => ({
      path: pathOf(path, below(below(place, 'set'), path)),
      action: 'set',
      value: one,
    })),
    ...unset.map((path, at): SpecEdit => ({
      path: pathOf(path, below(below(place, 'unset'), at)),
      action: 'unset',
    })),
  ];
}

/** Rules behind one that takes everything. */
function findUnreachable({ rules }: RecoveryPolicy): readonly string[] {
  const all = rules.findIndex(
    ({ selectors, conditions }) => Object.keys({ ...selectors, ...conditions }).length === 0,
  );
  const taker = rules[all];
  if (!taker) return [];
  return rules
    .slice(all + 1)
    .map(({ name }) => `the rule ${name} is never asked: ${taker.name} before it matches everything`);
}
