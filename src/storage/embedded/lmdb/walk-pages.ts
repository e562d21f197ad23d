/**
 * Looks at every page of a database without LMDB, which ends the process on some kinds of garbage and reads over others:
 * each page must be where it says it is, be of a kind that belongs there, and refer to pages that exist.
 */
import { readSync } from 'node:fs';

/** The layout of lmdb 3 (data version 2). Offsets in a page, in a node, and in the record of a named table. */
export const PAGE = { number: 0, flags: 18, lower: 20, header: 24 } as const;
export const KIND = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 } as const;
const NODE = { size: 0, flags: 4, keySize: 6, key: 8 } as const;
const NODE_KIND = { elsewhere: 0x01, table: 0x02 } as const;
const TABLE_ROOT = 40;

export const NO_PAGE = 0xffff_ffff_ffff_ffffn;

export interface DataFile {
  readonly descriptor: number;
  readonly pageSize: number;
  readonly pageCount: number;
}

/** Whether all that can be reached from these roots is sound. */
export function isSound(file: DataFile, roots: readonly bigint[]): boolean {
  const page = Buffer.alloc(file.pageSize);
  const waiting = roots.filter((root) => root !== NO_PAGE);
  let seen = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    seen += 1;
    // More pages than the file has: they refer to each other in a circle.
    if (seen > file.pageCount || !readPage(file, next, page)) return false;
    const kind = page.readUInt16LE(PAGE.flags);
    if ((kind & (KIND.branch | KIND.leaf)) === 0) return false;
    const found = (kind & KIND.branch) !== 0 ? childrenOf(page) : tablesOf(file, page);
    if (!found) return false;
    waiting.push(...found);
  }
  return true;
}

/** False when the page is not in the file, or not the one that it should be. */
export function readPage(
  { descriptor, pageSize, pageCount }: DataFile,
  number: bigint,
  into: Buffer,
): boolean {
  if (number >= BigInt(pageCount)) return false;
  const read = readSync(descriptor, into, 0, into.length, Number(number) * pageSize);
  return read === into.length && into.readBigUInt64LE(PAGE.number) === number;
}

/** Where the nodes of a page begin, or undefined when one is outside of it. */
function nodesOf(page: Buffer): readonly number[] | undefined {
  const end = PAGE.header + page.readUInt16LE(PAGE.lower);
  if (end > page.length || end % 2 !== 0) return undefined;
  const nodes: number[] = [];
  for (let pointer: number = PAGE.header; pointer < end; pointer += 2) {
    const node = PAGE.header + page.readUInt16LE(pointer);
    if (node < end || node + NODE.key > page.length) return undefined;
    if (node + NODE.key + page.readUInt16LE(node + NODE.keySize) > page.length) return undefined;
    nodes.push(node);
  }
  return nodes;
}

function childrenOf(page: Buffer): readonly bigint[] | undefined {
  return nodesOf(page)?.map(
    (node) =>
      BigInt(page.readUInt32LE(node + NODE.size)) + (BigInt(page.readUInt16LE(node + NODE.flags)) << 32n),
  );
}

/** The roots of named tables in a leaf. Values that are too long for it must begin at a page of their own. */
function tablesOf(file: DataFile, page: Buffer): readonly bigint[] | undefined {
  const nodes = nodesOf(page);
  if (!nodes) return undefined;
  const roots: bigint[] = [];
  const header = Buffer.alloc(PAGE.header);
  for (const node of nodes) {
    const kind = page.readUInt16LE(node + NODE.flags);
    const value = node + NODE.key + page.readUInt16LE(node + NODE.keySize);
    const length = kind === NODE_KIND.elsewhere ? 8 : page.readUInt32LE(node + NODE.size);
    if (value + length > page.length) return undefined;
    if (kind === NODE_KIND.table) {
      if (length < TABLE_ROOT + 8) return undefined;
      const root = page.readBigUInt64LE(value + TABLE_ROOT);
      if (root !== NO_PAGE) roots.push(root);
    } else if (kind === NODE_KIND.elsewhere) {
      if (!readPage(file, page.readBigUInt64LE(value), header)) return undefined;
      if ((header.readUInt16LE(PAGE.flags) & KIND.overflow) === 0) return undefined;
    }
  }
  return roots;
}
