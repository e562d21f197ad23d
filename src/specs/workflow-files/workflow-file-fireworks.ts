/** The Fireworks of a workflow file, one by one. */
import { specWithoutPast, without } from '../../domain/as-new/past';
import { isObject, type Firework, type ValueObject } from '../../domain/model';
import type { FireworkState } from '../../domain/state';
import type { Path } from './located-document';
import { plain } from '../plain-values';
import type { Problem } from '../problems';
import { storedSpec } from '../stored-spec';
import { readFileDates } from './workflow-file-dates';

/** An entry that the schema accepts, with the defaults of FireWorks. */
export function readFirework(entry: ValueObject, at: Path, now: Date, problems: Problem[]): Firework {
  const { createdOn, updatedOn } = readFileDates(entry, at, now, problems);
  return {
    fwId: (plain(entry['fw_id']) as number | null | undefined) ?? -1,
    name: (entry['name'] as string | null | undefined) || 'Unnamed FW',
    state: (entry['state'] as FireworkState | null | undefined) ?? 'WAITING',
    spec: storedSpec(entry['spec'] as ValueObject),
    createdOn: createdOn.text,
    updatedOn: updatedOn.text,
    launches: [],
    archivedLaunches: [],
  };
}

/**
 * FireWorks keeps the launches of a dumped file, so that two Fireworks share them, and a rerun of one changes the other.
 */
export function launchesProblems(entry: ValueObject, at: Path): readonly Problem[] {
  return ['launches', 'archived_launches'].flatMap((key) => {
    const launches = entry[key];
    if (!Array.isArray(launches) || launches.length === 0) return [];
    const what =
      'must be empty or left out: launches of Fireworks that have run already belong to another database';
    return [{ path: [...at, key], what }];
  });
}

const PAST = ['state', 'created_on', 'updated_on', 'launches', 'archived_launches'];

/** The Firework or workflow of a dumped file as it was before it ran. */
export function withoutPast(entry: ValueObject): ValueObject {
  const fresh = without(entry, PAST);
  const { spec } = fresh;
  return isObject(spec) ? { ...fresh, spec: specWithoutPast(spec) } : fresh;
}

/** Ids that stand at more than one Firework. A missing fw_id counts as -1. */
export function repeatedIds(
  fireworks: readonly Firework[],
  entries: readonly ValueObject[],
  at: Path,
): readonly Problem[] {
  const places = new Map<number, number[]>();
  fireworks.forEach(({ fwId }, index) => {
    const known = places.get(fwId);
    if (known) known.push(index);
    else places.set(fwId, [index]);
  });
  return [...places].flatMap(([fwId, indexes]) => {
    const [, second] = indexes;
    if (second === undefined) return [];
    const missing = indexes.some(
      (index) => entries[index]?.['fw_id'] === undefined || entries[index]['fw_id'] === null,
    );
    const why = missing ? ' (a missing fw_id counts as -1)' : '';
    const what = `the fw_id ${String(fwId)} is used by ${String(indexes.length)} Fireworks${why}; each needs its own`;
    return [{ path: [...at, second, 'fw_id'], what }];
  });
}
