/** The update operators of MongoDB that make sense in a spec, on stored values. */
import { ActionError } from '../../domain/actions/fw-action';
import { isObject, type Value } from '../../domain/model';
import { ABSENT, type Absent } from '../../domain/patch';
import { equalValues, numberOf, storedDouble, storedInteger, typeName } from '../dict-mods/dict-mods-values';

/** An operator that does not fit what stands in a spec. */
export class UpdateMisfit extends Error {}

/** What stands at a field, and the operand, become what stands there then. */
type Operator = (current: Value | Absent, operand: Value, field: string) => Value | Absent;

export const OPERATORS: Readonly<Record<string, Operator>> = {
  $set: (_, operand) => operand,
  $unset: () => ABSENT,
  $inc: (current, operand, field) => calculated('$inc', current, operand, field),
  $mul: (current, operand, field) => calculated('$mul', current === ABSENT ? 0 : current, operand, field),
  $min: (current, operand, field) => picked('$min', current, operand, field),
  $max: (current, operand, field) => picked('$max', current, operand, field),
  $push: pushed,
  $addToSet: (current, operand, field) => {
    const list = listAt('$addToSet', current, field);
    const added: Value[] = [];
    for (const item of itemsOf(operand)) {
      if (![...list, ...added].some((one) => isEqual(one, item))) added.push(item);
    }
    return added.length === 0 && current !== ABSENT ? current : [...list, ...added];
  },
  $pull: (current, operand, field) =>
    without('$pull', current, field, (item) => matches(item, operand, field)),
  $pullAll: (current, operand, field) => {
    if (!Array.isArray(operand)) throw new UpdateMisfit(`$pullAll of ${field} needs a list`);
    return without('$pullAll', current, field, (item) => operand.some((one) => isEqual(item, one)));
  },
  $pop: (current, operand, field) => {
    if (current === ABSENT) return ABSENT;
    const list = listAt('$pop', current, field);
    return equalValues(operand, -1) ? list.slice(1) : list.slice(0, -1);
  },
};

function calculated(
  operator: '$inc' | '$mul',
  current: Value | Absent,
  operand: Value,
  field: string,
): Value {
  const right = numeric(operator, operand, field);
  if (current === ABSENT) return operand;
  const left = numeric(operator, current, field);
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    const result = operator === '$inc' ? left + right : left * right;
    try {
      return storedInteger(result, `${operator} of ${field}`);
    } catch (error) {
      if (error instanceof ActionError) throw new UpdateMisfit(error.message);
      throw error;
    }
  }
  return storedDouble(operator === '$inc' ? Number(left) + Number(right) : Number(left) * Number(right));
}

function numeric(operator: string, value: Value, field: string): bigint | number {
  const number = typeof value === 'boolean' ? undefined : numberOf(value);
  if (number === undefined)
    throw new UpdateMisfit(`${operator} of ${field}: ${typeName(value)} is no number`);
  return number;
}

/** Of two numbers, texts or dates the smaller or the larger. */
function picked(operator: '$min' | '$max', current: Value | Absent, operand: Value, field: string): Value {
  if (current === ABSENT) return operand;
  const [one, other] = [comparable(current), comparable(operand)];
  if (one === undefined || other === undefined || (typeof one === 'string') !== (typeof other === 'string')) {
    const what = `${typeName(current)} and ${typeName(operand)}`;
    throw new UpdateMisfit(`${operator} of ${field}: ${what} cannot be compared`);
  }
  return (operator === '$min' ? other < one : other > one) ? operand : current;
}

function comparable(value: Value): bigint | number | string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.getTime();
  return typeof value === 'boolean' ? undefined : numberOf(value);
}

const MODIFIERS: ReadonlySet<string> = new Set(['$each', '$position', '$slice']);

/** `{$each, $position, $slice}`, or one item. */
function pushed(current: Value | Absent, operand: Value, field: string): Value {
  const list = listAt('$push', current, field);
  if (!isObject(operand) || !Object.hasOwn(operand, '$each')) return [...list, operand];
  const unknown = Object.keys(operand).find((key) => !MODIFIERS.has(key));
  if (unknown !== undefined) throw new UpdateMisfit(`$push of ${field}: ${unknown} is not supported`);
  const position = Object.hasOwn(operand, '$position') ? Number(operand['$position']) : list.length;
  const all = list.toSpliced(position, 0, ...itemsOf(operand));
  if (!Object.hasOwn(operand, '$slice')) return all;
  const slice = Number(operand['$slice']);
  return slice < 0 ? all.slice(slice) : all.slice(0, slice);
}

/** Those of an `{$each}`, or the one. */
function itemsOf(operand: Value): readonly Value[] {
  const each = isObject(operand) ? operand['$each'] : undefined;
  return Array.isArray(each) ? each : [operand];
}

function listAt(operator: string, current: Value | Absent, field: string): readonly Value[] {
  if (current === ABSENT) return [];
  if (Array.isArray(current)) return current;
  throw new UpdateMisfit(`${operator} of ${field}: there is ${typeName(current)}, not a list`);
}

function without(
  operator: string,
  current: Value | Absent,
  field: string,
  isMeant: (item: Value) => boolean,
): Value | Absent {
  if (current === ABSENT) return ABSENT;
  const list = listAt(operator, current, field);
  const left = list.filter((item) => !isMeant(item));
  return left.length === list.length ? current : left;
}

/** An object says what an item must have, anything else what it must be. */
function matches(item: Value, wanted: Value, field: string): boolean {
  if (!isObject(wanted)) return isEqual(item, wanted);
  const condition = [
    ...Object.keys(wanted),
    ...Object.values(wanted).flatMap((one) => (isObject(one) ? Object.keys(one) : [])),
  ].find((key) => key.startsWith('$'));
  if (condition !== undefined) throw new UpdateMisfit(`$pull of ${field}: ${condition} is not supported`);
  return (
    isObject(item) &&
    Object.entries(wanted).every(([key, value]) => Object.hasOwn(item, key) && isEqual(item[key], value))
  );
}

/** As MongoDB: 1 is 1.0, but true is not 1. */
function isEqual(one: Value, other: Value): boolean {
  return (typeof one === 'boolean') === (typeof other === 'boolean') && equalValues(one, other);
}
