/**
 * A raw query, read once: its logic as it stands, its fields as checked conditions. What MongoDB would refuse is refused,
 * and so is, by name, what the embedded store cannot answer as MongoDB does.
 */
import { BSONRegExp, deserialize, serialize } from 'bson';
import type { Value } from '../../../domain/model';
import { messageOf } from '../../../errors';
import type { Query } from '../../launchpad-store';
import { isObject } from './values/bson-order';
import type { Condition } from './condition';
import { CONDITIONS, type FieldCondition } from './operators';
import { readFieldOperators } from './read-operators';
import { checkOperand } from './operands';
import { cannotDo, malformed } from './refusal';

const LOGIC: Readonly<Record<string, 'and' | 'or' | 'nor'>> = { $and: 'and', $or: 'or', $nor: 'nor' };

export function readQuery(query: Query): Condition {
  return readConditions(asSent(query));
}

/** The query as a server would see it: BSON is what gives a number its type and a regular expression its options. */
function asSent(query: Query): Record<string, Value> {
  try {
    const bytes = serialize(query, { ignoreUndefined: false });
    return deserialize(bytes, { promoteValues: false, bsonRegExp: true });
  } catch (error) {
    throw malformed(messageOf(error));
  }
}

function readConditions(query: Record<string, Value>): Condition {
  const of: Condition[] = [];
  for (const [name, value] of Object.entries(query)) {
    const logic = LOGIC[name];
    if (logic) of.push({ kind: logic, of: readList(name, value) });
    else if (name.startsWith('$')) {
      if (name !== '$comment') throw cannotDo(name);
    } else of.push(...readField(name, value));
  }
  return { kind: 'and', of };
}

function readList(operator: string, value: Value): readonly Condition[] {
  if (!Array.isArray(value) || value.length === 0) throw malformed(`${operator} needs a list of queries`);
  return value.map((query: Value) => {
    if (!isObject(query)) throw malformed(`${operator} needs a list of queries`);
    return readConditions(query);
  });
}

function readField(path: string, value: Value): readonly Condition[] {
  const parts = path.split('.');
  if (parts.includes('')) throw cannotDo(`the path "${path}"`);
  if (parts.some((part) => part.startsWith('$') || part === '__proto__'))
    throw cannotDo(`the path "${path}"`);
  return readValue(value).map((condition) => ({ kind: 'field', parts, condition }));
}

function readValue(value: Value): readonly FieldCondition[] {
  if (value instanceof BSONRegExp) return [CONDITIONS.pattern(value.pattern, value.options)];
  if (isOperators(value)) return readFieldOperators(value, { readConditions, isOperators });
  return [CONDITIONS.compare('$eq', checkOperand(value))];
}

/** MongoDB looks at the first name only. */
function isOperators(value: Value): value is Record<string, Value> {
  return isObject(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);
}
