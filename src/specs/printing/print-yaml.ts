/**
 * YAML as FireWorks prints it (ruamel.yaml's safe dump): block style, keys sorted, lists not indented, Unicode kept; a
 * lone scalar is followed by `...`. Texts that would read as numbers or dates are quoted.
 */
import { isObject } from '../../domain/model';
import { lazyYaml } from '../lazy-modules';
import { bsonTypeOf, textOfWrapper } from '../plain-values';
import { pythonDate } from './print-json';
import { fireworksTags } from '../reading/yaml-schema';

/** Ends with a line break. */
export function toYamlText(value: unknown): string {
  const printable = yamlValue(value);
  const text = lazyYaml().stringify(printable, {
    version: '1.2',
    customTags: fireworksTags,
    sortMapEntries: true,
    indentSeq: false,
    lineWidth: 0,
    blockQuote: false,
    singleQuote: true,
    aliasDuplicateObjects: false,
    nullStr: 'null',
  });
  return isScalar(value) ? `${text}...\n` : text;
}

/** What stands on the line of its own key. */
function isScalar(value: unknown): boolean {
  if (Array.isArray(value) || value instanceof Map) return false;
  return !isObject(value);
}

const CONTROL = /[\u0000-\u001f\u007f]/;

/** In single quotes the package would fold a line break into an empty line; FireWorks writes "\n". */
function yamlString(text: string): unknown {
  if (!CONTROL.test(text)) return text;
  const { Scalar } = lazyYaml();
  const scalar = new Scalar(text);
  scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}

/** Numbers stay typed; what YAML has no word for becomes a text, as in FireWorks' JSON. */
function yamlValue(value: unknown): unknown {
  if (typeof value === 'string') return yamlString(value);
  if (typeof value !== 'object' || value === null) return value === undefined ? null : value;
  if (Array.isArray(value)) return value.map(yamlValue);
  if (value instanceof Date) return pythonDate(value);
  if (value instanceof RegExp) return value.source;
  if (value instanceof Map) return yamlValue(Object.fromEntries(value));
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, yamlValue(item)]])),
    );
  }
  const type = bsonTypeOf(value);
  if (type === 'Double' || type === 'Int32' || type === 'Long') return value;
  if (type === 'BSONRegExp') return (value as { readonly pattern: string }).pattern;
  if (type === 'Binary') return (value as { toString(encoding: 'base64'): string }).toString('base64');
  return textOfWrapper(value);
}
