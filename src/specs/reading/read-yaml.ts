/** YAML 1.2 as FireWorks reads it: merge keys, one document, no repeated keys, no tags that nobody knows. */
import type { Document, Node, Pair, ParsedNode, YAMLError } from 'yaml';
import type { Value } from '../../domain/model';
import { lazyYaml } from '../lazy-modules';
import type { Path } from './read-json';
import { ReadingError } from './reading-error';
import { fireworksTags } from './yaml-schema';

/** Aliases may share data freely, but not multiply it by the thousand (the "billion laughs" file). */
const MAX_ALIAS_COUNT = 100_000;
const TOO_DEEP = 'objects and lists are nested too deep';

export interface YamlText {
  readonly value: Value;
  readonly offsetOf: (path: Path) => number | undefined;
}

export function readYaml(text: string): YamlText {
  const { parseDocument } = lazyYaml();
  try {
    // The package compares each key of a map with all others; `links` may have 50,000: repeatedKey looks faster.
    const document = parseDocument(text, {
      version: '1.2',
      merge: true,
      uniqueKeys: false,
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: 'error',
      customTags: fireworksTags,
    });
    // A tag that is not known (`!!set`, `!python/object`) is only a warning there, and an error to FireWorks.
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem) throw new ReadingError(problem.pos[0], inWords(problem));
    refuseRepeatedKeys(document);
    const value = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT }) as Value;
    return { value, offsetOf: (path) => offsetOf(document, path) };
  } catch (error) {
    if (error instanceof RangeError) throw new ReadingError(0, TOO_DEEP);
    if (error instanceof ReferenceError) throw new ReadingError(0, error.message);
    throw error;
  }
}

/** The package's own words, except where they speak to a programmer. */
function inWords({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document starts here (---); a file holds one';
  if (message.includes('call stack')) return TOO_DEEP;
  return message.replace(/^Unresolved tag: /, 'unknown tag ');
}

function refuseRepeatedKeys(document: Document.Parsed): void {
  lazyYaml().visit(document, {
    Map: (_, map) => {
      const keys = new Set<string>();
      for (const pair of map.items) {
        const key = keyOf(pair);
        if (key === undefined || key === '<<') continue;
        if (keys.has(key)) {
          throw new ReadingError(
            startOf(pair.key as Node) ?? 0,
            `the key ${JSON.stringify(key)} stands here a second time`,
          );
        }
        keys.add(key);
      }
    },
  });
}

/** The key as it will be in the object; undefined for one that is not a scalar. */
function keyOf({ key }: Pair): string | undefined {
  const { isScalar } = lazyYaml();
  return isScalar(key) ? String(key.value) : undefined;
}

function offsetOf(document: Document.Parsed, path: Path): number | undefined {
  const { isAlias, isMap, isSeq } = lazyYaml();
  let node: unknown = document.contents;
  let offset = startOf(document.contents);
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((one) => keyOf(one) === String(part));
      if (!pair) return undefined;
      offset = startOf(pair.key as Node);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      if (node === undefined) return undefined;
      offset = startOf(node as Node);
    } else {
      return undefined;
    }
  }
  return offset;
}

function startOf(node: Node | ParsedNode | null): number | undefined {
  return node?.range?.[0];
}
