/** Expressions of MongoDB's aggregation on documents in memory, as far as the program writes them. */
import { equals, isPlain, type MemoryDocument } from './memory-store-filter';

type Evaluate = (expression: unknown) => unknown;

const OPERATORS: Readonly<Record<string, (operand: unknown, evaluate: Evaluate) => unknown>> = {
  $setUnion: (operand, evaluate) => [
    ...new Set((operand as unknown[]).flatMap((one) => evaluate(one) as unknown[])),
  ],
  $sortArray: (operand, evaluate) =>
    [...(evaluate((operand as MemoryDocument)['input']) as number[])].sort((one, other) => one - other),
  $objectToArray: (operand, evaluate) =>
    Object.entries(evaluate(operand) as object).map(([k, v]) => ({ k, v: v as unknown })),
  $arrayToObject: (operand, evaluate) =>
    Object.fromEntries((evaluate(operand) as { k: string; v: unknown }[]).map(({ k, v }) => [k, v])),
  $arrayElemAt: (operand, evaluate) => {
    const [list, at] = operand as [unknown, number];
    return (evaluate(list) as unknown[])[at];
  },
  $mergeObjects: (operand, evaluate) =>
    Object.assign({}, ...(operand as unknown[]).map((one) => evaluate(one) as object)) as object,
  $concatArrays: (operand, evaluate) => (operand as unknown[]).flatMap((one) => evaluate(one) as unknown[]),
  $not: (operand, evaluate) => !evaluate((operand as unknown[])[0]),
  $in: (operand, evaluate) => {
    const [item, list] = (operand as unknown[]).map(evaluate);
    return (list as unknown[]).some((one) => equals(one, item));
  },
  $size: (operand, evaluate) => (evaluate(operand) as unknown[]).length,
  $min: (operand, evaluate) => Math.min(...(evaluate(operand) as number[])),
  $add: (operand, evaluate) =>
    (operand as unknown[]).reduce((sum: number, one) => sum + Number(evaluate(one)), 0),
  $eq: (operand, evaluate) => {
    const [one, other] = (operand as unknown[]).map(evaluate);
    return equals(one, other);
  },
  $isArray: (operand, evaluate) => Array.isArray(evaluate(operand)),
  $type: (operand, evaluate) => (isPlain(evaluate(operand)) ? 'object' : 'something else'),
  $cond: (operand, evaluate) => {
    const [condition, yes, no] = operand as unknown[];
    return evaluate(condition) ? evaluate(yes) : evaluate(no);
  },
};

export function evaluate(
  doc: MemoryDocument,
  expression: unknown,
  variables: Readonly<Record<string, unknown>> = {},
): unknown {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    return expression.startsWith('$$')
      ? follow(variables, expression.slice(2))
      : follow(doc, expression.slice(1));
  }
  if (!isPlain(expression)) return expression;
  const [operator = '', ...more] = Object.keys(expression);
  if (!operator.startsWith('$')) {
    const entries = Object.entries(expression);
    return Object.fromEntries(entries.map(([key, one]) => [key, evaluate(doc, one, variables)]));
  }
  const operand = expression[operator];
  if (operator === '$literal') return operand;
  if (operator === '$map') {
    const { input, in: each } = operand as { readonly input: unknown; readonly in: unknown };
    return (evaluate(doc, input, variables) as unknown[]).map((one) => evaluate(doc, each, { this: one }));
  }
  if (operator === '$filter') {
    const { input, cond } = operand as { readonly input: unknown; readonly cond: unknown };
    const list = evaluate(doc, input, variables) as unknown[];
    return list.filter((one) => evaluate(doc, cond, { this: one }));
  }
  const known = OPERATORS[operator];
  if (!known || more.length > 0) throw new Error(`the memory store does not know the expression ${operator}`);
  return known(operand, (inner) => evaluate(doc, inner, variables));
}

function follow(holder: unknown, path: string): unknown {
  return path.split('.').reduce((value: unknown, key) => (isPlain(value) ? value[key] : undefined), holder);
}
