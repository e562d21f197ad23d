/**
 * `spec._env` (ours; `lpad rerun_wflows -e`): variables for the processes that Firetasks start, beside those of the rocket. A
 * Firetask in JavaScript runs in the rocket's own process, and finds them in its spec. FireWorks' rockets do not know them.
 */
import { isObject, type ValueObject } from '../../domain/model';
import { plain } from '../../specs/plain-values';

/** Undefined where the spec asks for none: the process gets the rocket's own. */
export function environmentOf(spec: ValueObject): NodeJS.ProcessEnv | undefined {
  const wanted = spec['_env'];
  if (!isObject(wanted)) return undefined;
  const variables = Object.entries(wanted).flatMap(([name, value]): [string, string][] => {
    const simple = plain(value);
    const isText = ['string', 'number', 'boolean', 'bigint'].includes(typeof simple);
    return isText ? [[name, String(simple)]] : [];
  });
  return variables.length === 0 ? undefined : { ...process.env, ...Object.fromEntries(variables) };
}
