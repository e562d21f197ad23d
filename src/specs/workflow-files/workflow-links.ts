/** The `links` of a workflow file: what is written there, checked against the Fireworks that are there. */
import { isObject, type Links, type Value } from '../../domain/model';
import { findCycle } from '../../domain/workflow-graph';
import type { Path } from './located-document';
import { plain } from '../plain-values';
import type { Problem } from '../problems';

export interface FileLinks {
  readonly links: Links;
  readonly problems: readonly Problem[];
}

/**
 * Links in the file's order, then the Fireworks that it does not mention. FireWorks drops a key that is no number, and
 * the dependency with it, and takes a cycle for a finished workflow: both are refused here.
 */
export function readLinks(written: Value, fwIds: readonly number[], at: Path): FileLinks {
  const known = new Set(fwIds);
  const links = new Map<number, readonly number[]>();
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(isObject(written) ? written : {})) {
    const path = [...at, key];
    const parent = /^\s*[-+]?\d+\s*$/.test(key) ? Number(key) : undefined;
    if (parent === undefined) {
      problems.push({ path, what: `a key of links must be the fw_id of a parent, is '${key}'` });
      continue;
    }
    if (!known.has(parent)) problems.push(noSuchFirework(path, parent, fwIds));
    if (links.has(parent))
      problems.push({ path, what: `the parent ${String(parent)} stands here a second time` });
    const children = [plain(value)].flat() as readonly number[];
    children.forEach((child, index) => {
      if (!known.has(child))
        problems.push(noSuchFirework(Array.isArray(value) ? [...path, index] : path, child, fwIds));
    });
    links.set(parent, children);
  }
  for (const fwId of fwIds) if (!links.has(fwId)) links.set(fwId, []);
  const cycle = problems.length === 0 ? findCycle(links) : undefined;
  if (cycle) {
    const what = `the Fireworks wait for each other in a cycle: ${ringText(cycle)}`;
    problems.push({ path: [...at, String(cycle[0])], what });
  }
  return { links, problems };
}

const IDS_SHOWN = 10;

function ringText(cycle: readonly number[]): string {
  const isLong = cycle.length > 2 * IDS_SHOWN;
  const shown = isLong ? [...cycle.slice(0, IDS_SHOWN), '…', ...cycle.slice(-IDS_SHOWN)] : cycle;
  return shown.join(' -> ');
}

function noSuchFirework(path: Path, fwId: number, fwIds: readonly number[]): Problem {
  const ids = fwIds.slice(0, IDS_SHOWN).join(', ');
  const more = fwIds.length > IDS_SHOWN ? ', …' : '';
  return { path, what: `there is no Firework with fw_id ${String(fwId)} in fws (there are ${ids}${more})` };
}
