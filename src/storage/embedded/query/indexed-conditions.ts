/** What of a query the indexes answer: equalities of `state` and of the id, wherever all conditions must hold. */
import type { Value } from '../../../domain/model';
import type { Query } from '../../launchpad-store';
import { isObject } from './values/bson-order';

export interface IndexedConditions {
  /** Undefined: any. */
  readonly states: ReadonlySet<string> | undefined;
  readonly ids: ReadonlySet<number> | undefined;
  /** Names that are asked for, of documents that are read. */
  readonly names: ReadonlySet<string> | undefined;
  /** What is left to be asked of documents. */
  readonly rest: readonly Query[];
}

/** `idField` is what the ids of the documents are called: `fw_id`, or `nodes` for the members of a workflow. */
export function splitQuery(query: Query | undefined, idField: string): IndexedConditions {
  const found = { states: undefined, ids: undefined, names: undefined } as Found;
  const rest = query ? collect(query, idField, found) : [];
  return { ...found, rest };
}

interface Found {
  states: ReadonlySet<string> | undefined;
  ids: ReadonlySet<number> | undefined;
  names: ReadonlySet<string> | undefined;
}

function collect(query: Query, idField: string, found: Found): readonly Query[] {
  return Object.entries(query).flatMap(([name, value]) => {
    if (name === '$and' && Array.isArray(value) && value.length > 0 && value.every(isObject)) {
      return value.flatMap((part) => collect(part, idField, found));
    }
    const texts = (name === 'state' || name === 'name') && equalities(value, isText);
    if (texts && name === 'state') found.states = both(found.states, texts);
    else if (texts) found.names = both(found.names, texts);
    else {
      const ids = name === idField && equalities(value, isId);
      // A workflow has many nodes: two conditions on them may be met by two of them.
      if (!ids || (idField === 'nodes' && found.ids)) return [{ [name]: value }];
      found.ids = both(found.ids, ids);
    }
    return [];
  });
}

/** The values of `value`, `{$eq: value}` and `{$in: values}`, when all are of one kind. */
function equalities<One>(value: Value, isKind: (value: Value) => value is One): readonly One[] | undefined {
  if (isKind(value)) return [value];
  if (!isObject(value)) return undefined;
  const [[operator, operand] = [], ...more] = Object.entries(value);
  if (more.length > 0) return undefined;
  if (operator === '$eq' && isKind(operand)) return [operand];
  if (operator === '$in' && Array.isArray(operand) && operand.every(isKind)) return operand;
  return undefined;
}

function isText(value: Value): value is string {
  return typeof value === 'string';
}

function isId(value: Value): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function both<One>(known: ReadonlySet<One> | undefined, more: readonly One[]): ReadonlySet<One> {
  return new Set(known ? more.filter((one) => known.has(one)) : more);
}
