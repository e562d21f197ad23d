/**
 * Numbers that a seed and a question decide. The same question has the same answer in every arm of a simulation, whatever
 * was asked before: so arms differ by what they do, and not by luck.
 */

/** Between 0 and 1, without 1. */
export type Draw = (...about: readonly (string | number)[]) => number;

export function drawFrom(seed: number): Draw {
  return (...about) => spread(hash(`${String(seed)}|${about.join('|')}`)) / 2 ** 32;
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/** Neighbouring hashes become numbers that have nothing in common (the finalizer of MurmurHash3). */
function spread(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

export function between(from: number, to: number, drawn: number): number {
  return from + (to - from) * drawn;
}

/** One of these, by their weights. */
export function pick<Item extends { readonly weight: number }>(items: readonly Item[], drawn: number): Item {
  let left = drawn * items.reduce((sum, { weight }) => sum + weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  const last = items.at(-1);
  if (!last) throw new Error('there is nothing to pick from');
  return last;
}
