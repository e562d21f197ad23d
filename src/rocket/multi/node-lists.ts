/** The nodes of a batch job, divided among processes (FireWorks' `split_node_lists`). */
import { LpadError } from '../../errors';

export interface Share {
  /** Undefined when no nodes were named. */
  readonly nodes: readonly string[] | undefined;
  /** Processors, all nodes together. */
  readonly processors: number;
}

/** One share for each of so many processes; a node that is named several times counts once. */
export function shareNodes(
  jobs: number,
  nodes: readonly string[] | undefined,
  ppn: number,
): readonly Share[] {
  const each = { length: jobs };
  if (!nodes) return Array.from(each, () => ({ nodes: undefined, processors: ppn }));
  const all = [...new Set(nodes)].sort();
  if (all.length === 0 || all.length % jobs !== 0) {
    throw new LpadError(
      'USAGE',
      `can't allocate nodes, ${String(all.length)} can't be divided by ${String(jobs)}`,
      {
        hint: 'NUM_JOBS must divide the number of nodes',
      },
    );
  }
  const size = all.length / jobs;
  return Array.from(each, (_, index) => ({
    nodes: all.slice(index * size, (index + 1) * size),
    processors: size * ppn,
  }));
}
