/**
 * Python literals, as FireWorks' `-q` takes them (`ast.literal_eval`): `{'state': 'FIZZLED', 'spec.x': (1, None)}`.
 * Tuples become lists. `true`, `false` and `null` are understood as well, so that the two languages may be mixed.
 */
import type { SyntaxNode } from '@lezer/common';
import type { Value } from '../../domain/model';
import { lazyPythonParser } from '../lazy-modules';
import { floatValue, integerValue, TOO_LARGE } from './numbers';
import { pythonString } from './python-strings';
import { MAX_DEPTH, ReadingError } from './reading-error';

const NAMES: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['True', true],
  ['true', true],
  ['False', false],
  ['false', false],
  ['None', null],
  ['null', null],
]);
const PUNCTUATION = new Set(['{', '}', '[', ']', '(', ')', ',', ':', 'Comment']);

interface Source {
  readonly text: string;
  /** Where the parser lost its way first. What stands before is still read: it may say more about the mistake. */
  readonly damage: number | undefined;
}

export function readPythonLiteral(text: string): Value {
  const tree = lazyPythonParser().parse(text);
  let damage: number | undefined;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) damage ??= node.from;
    },
  });
  const [statement, next] = childrenOf(tree.topNode);
  if (!statement) throw new ReadingError(0, 'there is nothing here');
  if (damage === undefined && (next || statement.name !== 'ExpressionStatement')) {
    throw new ReadingError(next?.from ?? statement.from, 'only one value is expected');
  }
  const value = readNode(statement.firstChild ?? statement, { text, damage }, 0);
  if (damage !== undefined) throw damaged(text, damage);
  return value;
}

function damaged(text: string, offset: number): ReadingError {
  const at = offset + (/^\s*/.exec(text.slice(offset))?.[0].length ?? 0);
  if (at >= text.length)
    return new ReadingError(text.length, 'it ends too early: a bracket or a quote is not closed');
  return new ReadingError(at, `${JSON.stringify(text.slice(at, at + 12))} was not expected here`);
}

/** A broken dictionary looks like a set or a comprehension to the parser: the break is the mistake. */
function refuseDamaged(node: SyntaxNode, { text, damage }: Source): void {
  if (damage !== undefined && node.to >= damage) throw damaged(text, damage);
}

function readNode(node: SyntaxNode, source: Source, depth: number): Value {
  if (depth > MAX_DEPTH) throw new ReadingError(node.from, `nested more than ${String(MAX_DEPTH)} deep`);
  const written = source.text.slice(node.from, node.to);
  const children = childrenOf(node);
  switch (node.name) {
    case 'DictionaryExpression':
      return readDictionary(node, children, source, depth);
    case 'ArrayExpression':
    case 'TupleExpression':
      return children.map((child) => readNode(child, source, depth + 1));
    case 'ParenthesizedExpression':
      return children[0] ? readNode(children[0], source, depth + 1) : [];
    case 'String':
      return pythonString(written, node.from);
    case 'ContinuedString':
      return children.map((child) => String(readNode(child, source, depth + 1))).join('');
    case 'FormatString':
      throw new ReadingError(node.from, 'a text with f"…" cannot stand in a query');
    case 'Number':
      return pythonNumber(written, node.from);
    case 'UnaryExpression':
      return readSigned(node, written);
    case 'SetExpression':
      refuseDamaged(node, source);
      throw new ReadingError(node.from, 'a set cannot be stored or queried; write a list [ ] or key: value');
    default:
      if (NAMES.has(written)) return NAMES.get(written);
      refuseDamaged(node, source);
      throw new ReadingError(
        node.from,
        `${JSON.stringify(written.slice(0, 30))} is no value; a text needs quotes`,
      );
  }
}

function readDictionary(
  node: SyntaxNode,
  children: readonly SyntaxNode[],
  source: Source,
  depth: number,
): Value {
  const entries: [string, Value][] = [];
  for (let index = 0; index < children.length; index += 2) {
    const [keyNode, valueNode] = [children[index], children[index + 1]];
    if (!keyNode || !valueNode) throw new ReadingError(node.from, 'a key without a value');
    const key = readNode(keyNode, source, depth + 1);
    if (typeof key !== 'string') throw new ReadingError(keyNode.from, 'a key must be a text in quotes');
    entries.push([key, readNode(valueNode, source, depth + 1)]);
  }
  return Object.fromEntries(entries);
}

/** `-5`, `- 5`, `+5`, `--5`; nothing else is a literal. */
function readSigned(node: SyntaxNode, written: string): Value {
  const [, signs = '', digits = ''] = /^([-+\s]+)(.+)$/s.exec(written) ?? [];
  if (!/^[\d.]/.test(digits)) throw new ReadingError(node.from, 'only a number can have a sign');
  const negative = signs.replace(/[^-]/g, '').length % 2 === 1;
  return pythonNumber(`${negative ? '-' : ''}${digits}`, node.from);
}

function pythonNumber(written: string, offset: number): Value {
  const text = written.replaceAll('_', '').toLowerCase();
  const digits = text.replace('-', '');
  if (digits.endsWith('j')) throw new ReadingError(offset, 'complex numbers cannot be stored or queried');
  if (!/^0[box]/.test(digits) && /[.e]/.test(digits)) return floatValue(Number(text));
  if (/^0\d/.test(digits)) throw new ReadingError(offset, `${written} starts with a zero`);
  const magnitude = BigInt(digits);
  const value = integerValue(text.startsWith('-') ? -magnitude : magnitude);
  if (value === undefined) throw new ReadingError(offset, `${written} ${TOO_LARGE}`);
  return value;
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!PUNCTUATION.has(child.name) && !child.type.isError) children.push(child);
  }
  return children;
}
