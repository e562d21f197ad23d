/** MongoDB updates on documents in memory, as far as the program writes them; anything else fails loudly. */
import { evaluate } from './memory-store-expression';
import { equals, isPlain, type MemoryDocument } from './memory-store-filter';

type Update = Readonly<Record<string, unknown>>;

/** Changes the document in place. */
export function applyUpdate(doc: MemoryDocument, update: Update | readonly Update[]): void {
  const stages = Array.isArray(update) ? (update as readonly Update[]) : undefined;
  if (stages) for (const stage of stages) applyStage(doc, stage);
  else
    for (const [operator, fields] of Object.entries(update)) applyOperator(doc, operator, fields as Update);
}

function applyOperator(doc: MemoryDocument, operator: string, fields: Update): void {
  for (const [path, operand] of Object.entries(fields)) {
    const { holder, key } = holderOf(doc, path, operator !== '$unset');
    if (!holder) continue;
    if (operator === '$set') holder[key] = clone(operand);
    else if (operator === '$unset') Reflect.deleteProperty(holder, key);
    else if (operator === '$inc') holder[key] = Number(holder[key] ?? 0) + Number(operand);
    else if (operator === '$addToSet') {
      const list = (holder[key] ?? []) as unknown[];
      const added = (operand as { readonly $each: readonly unknown[] }).$each;
      holder[key] = [...list, ...added.filter((one) => !list.some((other) => equals(one, other)))];
    } else throw new Error(`the memory store does not know the update operator ${operator}`);
  }
}

function applyStage(doc: MemoryDocument, stage: Update): void {
  if ('$unset' in stage) {
    const paths = Array.isArray(stage['$unset']) ? (stage['$unset'] as string[]) : [String(stage['$unset'])];
    for (const path of paths) applyOperator(doc, '$unset', { [path]: '' });
    return;
  }
  // Every expression of a stage sees the document as it was before the stage.
  const values = Object.entries(stage['$set'] as Update).map(
    ([path, expression]) => [path, evaluate(doc, expression)] as const,
  );
  for (const [path, value] of values) applyOperator(doc, '$set', { [path]: value });
}

function holderOf(
  doc: MemoryDocument,
  path: string,
  create: boolean,
): { readonly holder: MemoryDocument | undefined; readonly key: string } {
  const keys = path.split('.');
  const key = keys.pop() ?? '';
  let holder = doc;
  for (const one of keys) {
    if (!isPlain(holder[one])) {
      if (!create) return { holder: undefined, key };
      holder[one] = {};
    }
    holder = holder[one] as MemoryDocument;
  }
  return { holder, key };
}

/** A copy that shares nothing that can change. */
export function clone<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map((one: unknown) => clone(one)) as Value;
  if (value instanceof Date) return new Date(value.getTime()) as Value;
  if (!isPlain(value)) return value;
  const copy: MemoryDocument = {};
  for (const [key, one] of Object.entries(value)) copy[key] = clone(one);
  return copy as Value;
}
