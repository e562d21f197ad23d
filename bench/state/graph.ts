/** Graphs of the benchmark: pairs of parents and children between the numbers 1, 2, 3 … of one workflow. */

export interface Graph {
  readonly size: number;
  /** Children of a node. */
  readonly children: (node: number) => readonly number[];
  readonly parents: (node: number) => readonly number[];
}

export function single(): Graph {
  return { size: 1, children: () => [], parents: () => [] };
}

/** 1 → 2 → 3 … */
export function chain(size: number): Graph {
  return {
    size,
    children: (node) => (node < size ? [node + 1] : []),
    parents: (node) => (node > 1 ? [node - 1] : []),
  };
}

/** 1 with all others below it. */
export function star(size: number): Graph {
  const leaves = Array.from({ length: size - 1 }, (_, index) => index + 2);
  return {
    size,
    children: (node) => (node === 1 ? leaves : []),
    parents: (node) => (node === 1 ? [] : [1]),
  };
}

/** As many that have nothing to do with each other. */
export function loose(size: number): Graph {
  return { size, children: () => [], parents: () => [] };
}
