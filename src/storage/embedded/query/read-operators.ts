/** The operators on one field, read into conditions. */
import { BSONRegExp } from 'bson';
import type { Value } from '../../../domain/model';
import { isObject } from './values/bson-order';
import { evaluate } from './evaluate';
import { matchesPattern } from './regex/translate';
import { checkOperand, integerOperand, listOperand, numberOperand, objectOperand } from './operands';
import { CONDITIONS, not, type FieldCondition } from './operators';
import type { Condition } from './condition';
import { cannotDo, malformed } from './refusal';

/** What reading an operator needs of the reading of a whole query, which goes on inside of it. */
export interface QueryReader {
  readonly readConditions: (query: Record<string, Value>) => Condition;
  readonly isOperators: (value: Value) => value is Record<string, Value>;
}

type Operators = Record<string, Value>;
type Reader = (
  operator: string,
  operand: Value,
  all: Operators,
  reader: QueryReader,
) => readonly FieldCondition[];

const READERS: Readonly<Record<string, Reader>> = {
  $eq: readComparison,
  $gt: readComparison,
  $gte: readComparison,
  $lt: readComparison,
  $lte: readComparison,
  $ne: (_operator, operand) => [not(...readComparison('$eq', operand))],
  $in: readIn,
  $nin: (_operator, operand) => [not(...readIn('$in', operand))],
  $not: readNot,
  $exists: readExists,
  $type: (_operator, operand) => [CONDITIONS.type(typeOperands(operand))],
  $regex: readRegex,
  $options: readOptions,
  $mod: readModulo,
  $size: readSize,
  $all: readAll,
  $elemMatch: (operator, operand, _all, reader) => [readElemMatch(operator, operand, reader)],
  $bitsAllSet: readBits,
  $bitsAllClear: readBits,
  $bitsAnySet: readBits,
  $bitsAnyClear: readBits,
};

export function readFieldOperators(operators: Operators, reader: QueryReader): readonly FieldCondition[] {
  return Object.entries(operators).flatMap(([operator, operand]) => {
    const read = Object.hasOwn(READERS, operator) ? READERS[operator] : undefined;
    if (!read) throw cannotDo(operator);
    return read(operator, operand, operators, reader);
  });
}

function readComparison(operator: string, operand: Value): readonly FieldCondition[] {
  if (operand instanceof BSONRegExp) throw cannotDo(`${operator} with a regular expression`);
  return [CONDITIONS.compare(operator as '$eq', checkOperand(operand))];
}

function readIn(operator: string, operand: Value): readonly FieldCondition[] {
  const values = listOperand(operator, operand);
  for (const value of values) {
    if (isObject(value) && Object.keys(value)[0]?.startsWith('$')) throw malformed('$in holds no operators');
  }
  const patterns = values.filter((value) => value instanceof BSONRegExp);
  const others = values.filter((value) => !(value instanceof BSONRegExp));
  return [
    CONDITIONS.oneOf(
      others.map(checkOperand),
      patterns.map(({ pattern, options }) => matchesPattern(pattern, options)),
    ),
  ];
}

function readNot(
  _operator: string,
  operand: Value,
  _all: Operators,
  reader: QueryReader,
): readonly FieldCondition[] {
  if (operand instanceof BSONRegExp) return [not(CONDITIONS.pattern(operand.pattern, operand.options))];
  if (!reader.isOperators(operand)) throw malformed('$not needs operators or a regular expression');
  return [not(...readFieldOperators(operand, reader))];
}

function readExists(operator: string, operand: Value): readonly FieldCondition[] {
  const wanted = typeof operand === 'boolean' ? operand : numberOperand(operand);
  if (wanted === undefined) throw malformed(`${operator} needs true or false`);
  return [wanted === false || wanted === 0 ? not(CONDITIONS.exists()) : CONDITIONS.exists()];
}

function typeOperands(operand: Value): readonly Value[] {
  const types = Array.isArray(operand) ? (operand as Value[]) : [operand];
  if (types.length === 0) throw malformed('$type needs a type');
  return types.map((type) => numberOperand(type) ?? type);
}

function readRegex(_operator: string, operand: Value, all: Operators): readonly FieldCondition[] {
  const options = all['$options'] ?? '';
  if (typeof options !== 'string') throw malformed('$options needs a text');
  if (typeof operand === 'string') return [CONDITIONS.pattern(operand, options)];
  if (!(operand instanceof BSONRegExp)) throw malformed('$regex needs a text or a regular expression');
  if (operand.options !== '' && options !== '') throw malformed('options stand in $regex and in $options');
  return [CONDITIONS.pattern(operand.pattern, operand.options + options)];
}

function readOptions(_operator: string, _operand: Value, all: Operators): readonly FieldCondition[] {
  if (!('$regex' in all)) throw malformed('$options needs $regex');
  return [];
}

function readModulo(operator: string, operand: Value): readonly FieldCondition[] {
  const [divisor, remainder, ...more] = listOperand(operator, operand);
  if (remainder === undefined || more.length > 0) throw malformed('$mod needs [divisor, remainder]');
  const by = integerOperand(operator, divisor);
  if (by === 0n) throw malformed('$mod cannot divide by 0');
  return [CONDITIONS.modulo(by, integerOperand(operator, remainder))];
}

function readSize(operator: string, operand: Value): readonly FieldCondition[] {
  const size = integerOperand(operator, operand);
  if (size < 0n) throw malformed('$size cannot be negative');
  return [CONDITIONS.size(Number(size))];
}

function readAll(
  operator: string,
  operand: Value,
  _all: Operators,
  reader: QueryReader,
): readonly FieldCondition[] {
  const values = listOperand(operator, operand);
  if (values.length === 0) return [CONDITIONS.never()];
  const matches = values.filter((value) => isObject(value) && Object.keys(value)[0] === '$elemMatch');
  if (matches.length > 0) {
    if (matches.length < values.length) throw malformed('$all holds $elemMatch and other values');
    return matches.flatMap((value) => readFieldOperators(value as Operators, reader));
  }
  return values.map((value) => {
    if (value instanceof BSONRegExp) return CONDITIONS.pattern(value.pattern, value.options);
    if (reader.isOperators(value)) throw malformed('$all holds no operators but $elemMatch');
    return CONDITIONS.compare('$eq', checkOperand(value));
  });
}

/** Operators ask of the elements themselves; anything else is a query on elements that are documents. */
function readElemMatch(operator: string, operand: Value, reader: QueryReader): FieldCondition {
  const query = objectOperand(operator, operand);
  const first = Object.keys(query)[0];
  if (reader.isOperators(query) && first !== '$and' && first !== '$or' && first !== '$nor') {
    return CONDITIONS.elementValue(readFieldOperators(query, reader));
  }
  const condition = reader.readConditions(query);
  return CONDITIONS.elementDocument((document) => evaluate(condition, document));
}

function readBits(operator: string, operand: Value): readonly FieldCondition[] {
  return [CONDITIONS.bits(operator as '$bitsAllSet', bitPositions(operator, operand))];
}

function bitPositions(operator: string, operand: Value): readonly number[] {
  const positions = Array.isArray(operand)
    ? operand.map((position: Value) => Number(integerOperand(operator, position)))
    : maskPositions(integerOperand(operator, operand));
  if (positions.some((position) => position < 0)) throw malformed(`${operator} needs no negative numbers`);
  return positions;
}

function maskPositions(mask: bigint): readonly number[] {
  if (mask < 0n) return [-1];
  const positions: number[] = [];
  for (let rest = mask, position = 0; rest > 0n; rest >>= 1n, position += 1) {
    if ((rest & 1n) === 1n) positions.push(position);
  }
  return positions;
}
