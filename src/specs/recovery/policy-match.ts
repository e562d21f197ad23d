/** `match` of a rule: what the store is asked, and what is asked of the facts. */
import { isObject, type Value, type ValueObject } from '../../domain/model';
import type { RuleConditions, RuleSelectors } from '../../domain/recovery/policy';
import { plain } from '../plain-values';
import { parseQuery } from '../parse-query';
import { fromExtendedJson } from '../reading/extended-json';
import { errorQuery } from '../typed/error-query';
import { parseIds } from '../typed/parse-ids';
import { below, readDuration, readRange, readTexts, type Place } from './policy-parts';

export function readSelectors(match: ValueObject, place: Place): RuleSelectors {
  const { fw_id: ids, name, query, launch_query: launchQuery, error } = match;
  const { problems } = place;
  const idWords = readTexts(ids);
  const names = readTexts(name);
  const queries = [
    ...(names ? [{ name: names.length === 1 ? names[0] : { $in: names } }] : []),
    ...readQuery(query, below(place, 'query')),
  ];
  const launches = [
    ...readQuery(launchQuery, below(place, 'launch_query')),
    ...(typeof error === 'string'
      ? [problems.attempt(below(place, 'error').path, {}, () => errorQuery(error))]
      : []),
  ];
  const [first] = queries;
  const where = queries.length > 1 ? { $and: queries } : first;
  return {
    ...(idWords
      ? { ids: problems.attempt(below(place, 'fw_id').path, [], () => parseIds(idWords, 'fw_id')) }
      : {}),
    ...(where ? { where } : {}),
    ...(launches.length > 0 ? { activeLaunch: launches } : {}),
  };
}

/** As text it may be a Python literal, as for -q. */
function readQuery(value: Value, { problems, path }: Place): readonly ValueObject[] {
  if (typeof value === 'string')
    return [problems.attempt<ValueObject>(path, {}, () => parseQuery(value, 'query'))];
  return isObject(value) ? [fromExtendedJson(value) as ValueObject] : [];
}

export function readConditions(match: ValueObject, place: Place): RuleConditions {
  const fingerprints = readFingerprints(match['fingerprint'], below(place, 'fingerprint'));
  const { lost } = match;
  const names = readTexts(match['name_pattern']);
  const hosts = readTexts(match['host']);
  const attempts = readRange(match['attempts'], below(place, 'attempts'), (value) => Number(plain(value)));
  const age = readRange(match['age'], below(place, 'age'), readDuration);
  return {
    ...(fingerprints ? { fingerprints } : {}),
    ...(typeof lost === 'boolean' ? { lost } : {}),
    ...(names ? { names } : {}),
    ...(hosts ? { hosts } : {}),
    ...(attempts ? { attempts } : {}),
    ...(age ? { age } : {}),
  };
}

function readFingerprints(value: Value, { problems, path }: Place): ReadonlySet<string> | undefined {
  const words = readTexts(value)?.map((word) => word.trim().toLowerCase());
  const wrong = words?.find((word) => !/^[0-9a-f]{10}$/.test(word));
  if (wrong !== undefined)
    problems.add(
      path,
      `is no fingerprint: '${wrong}'; it has ten hexadecimal digits (lpad failures), in quotes`,
    );
  return words && new Set(words);
}
