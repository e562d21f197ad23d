/**
 * How scalars are read and written: YAML 1.2 as ruamel.yaml reads it, FireWorks' reader. Beyond the core schema it knows
 * binary integers, underscores in numbers, and dates. Writing uses the same tests to know which texts need quotes.
 */
import type { ScalarTag, Tags } from 'yaml';
import type { Value } from '../../domain/model';
import { floatText } from '../printing/float-text';
import { bsonTypeOf } from '../plain-values';
import { parseFileDate, rememberingDate } from './file-dates';
import { floatValue, integerValue, TOO_LARGE } from './numbers';

const INT = /^[-+]?(?:0b[01_]+|0o[0-7_]+|0x[\da-fA-F_]+|\d[\d_]*)$/;
const FLOAT =
  /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|[-+]?\d[\d_]*[eE][-+]?\d+|[-+]?\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const TIMESTAMP =
  /^(?:\d{4}-\d{2}-\d{2}|\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d{1,2}(?::?\d{2})?))?)$/;

const intTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: INT,
  identify: (value) => isIntegerValue(value),
  resolve: (text, onError) => {
    const value = integerValue(parseInteger(text.replaceAll('_', '')));
    if (value === undefined) onError(`${text} ${TOO_LARGE}`);
    return value;
  },
  stringify: ({ value }) => String(value),
};

const floatTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  test: FLOAT,
  identify: (value) => typeof value === 'number' || bsonTypeOf(value) === 'Double',
  resolve: (text) => floatValue(parseFloatText(text.replaceAll('_', ''))),
  stringify: ({ value }) => yamlFloat(Number(value)),
};

const timestampTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: TIMESTAMP,
  identify: (value) => value instanceof Date,
  resolve: (text, onError) => {
    const found = parseFileDate(padded(text));
    if (!found) onError(`${text} is not a date of the calendar; put it in quotes if it is a text`);
    return found && rememberingDate(found);
  },
  stringify: ({ value }) => (value as Date).toISOString(),
};

/** For the option `customTags` of the `yaml` package. */
export function fireworksTags(core: Tags): Tags {
  const replaced = ['tag:yaml.org,2002:int', 'tag:yaml.org,2002:float'];
  return [
    ...core.filter((tag) => typeof tag === 'string' || !replaced.includes(tag.tag)),
    intTag,
    floatTag,
    timestampTag,
  ];
}

function isIntegerValue(value: Value): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  const type = bsonTypeOf(value);
  return type === 'Long' || type === 'Int32';
}

function parseInteger(text: string): bigint {
  const digits = text.replace(/^[-+]/, '');
  const magnitude = BigInt(digits);
  return text.startsWith('-') ? -magnitude : magnitude;
}

function parseFloatText(text: string): number {
  const lower = text.toLowerCase();
  if (lower === '.nan') return NaN;
  if (lower.endsWith('.inf')) return lower.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

function yamlFloat(number: number): string {
  if (Number.isFinite(number)) return floatText(number);
  if (Number.isNaN(number)) return '.nan';
  return number > 0 ? '.inf' : '-.inf';
}

/** `2020-1-2 3:00:00` → `2020-01-02 3:00:00`. */
function padded(text: string): string {
  return text.replace(/^(\d{4})-(\d{1,2})-(\d{1,2})/, (_, year: string, month: string, day: string) =>
    [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
  );
}
