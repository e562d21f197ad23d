/** The ids of an import: which file it is, and which Fireworks and workflows come of it. */
import { createHash } from 'node:crypto';
import { newKey, type NewIds } from '../../specs/transfer/renumber';
import type { ImportedDetails, ImportedWorkflow } from '../journal/import-entry';
import type { Present } from './find-present';
import type { ImportSurvey } from './survey-import';

type Renumbered = NonNullable<ImportedDetails['renumbered']>;

/** The same for the same export, whatever its file is called. */
export function fingerprintOf({ fireworks, launches, workflows }: ImportSurvey): string {
  const ids = [[...workflows.keys()].sort(), inOrder(fireworks), inOrder(launches)];
  return createHash('sha256').update(JSON.stringify(ids)).digest('hex');
}

function inOrder(ids: ReadonlyMap<number, string>): readonly (readonly [number, string])[] {
  return [...ids].sort(([one], [other]) => one - other);
}

/** In the order of the ids in the file. */
export function newIdsOf(
  { fireworks, launches }: ImportSurvey,
  { firstFwId, firstLaunchId }: Renumbered,
): NewIds {
  const from = (ids: ReadonlyMap<number, string>, first: number): ReadonlyMap<number, number> =>
    new Map(inOrder(ids).map(([id], index) => [id, first + index]));
  return { fireworks: from(fireworks, firstFwId), launches: from(launches, firstLaunchId) };
}

/** As the survey of the file would be that has the new ids. */
export function renumberSurvey(survey: ImportSurvey, renumbered: Renumbered): ImportSurvey {
  const newIds = newIdsOf(survey, renumbered);
  const { seed } = renumbered;
  const mapped = (
    ids: ReadonlyMap<number, string>,
    to: ReadonlyMap<number, number>,
  ): ReadonlyMap<number, string> =>
    new Map([...ids].map(([id, key]) => [to.get(id) ?? id, newKey(key, seed)]));
  return {
    ...survey,
    fireworks: mapped(survey.fireworks, newIds.fireworks),
    launches: mapped(survey.launches, newIds.launches),
    workflows: new Map([...survey.workflows].map(([key, member]) => [newKey(key, seed), member])),
    missingLaunches: [],
  };
}

interface ImportPlan {
  readonly survey: ImportSurvey;
  readonly present: Present;
  readonly newIds: NewIds | undefined;
  readonly seed: string;
}

/** Workflows that are not there yet, under the keys and ids that they get. */
export function importedOf({
  survey,
  present,
  newIds,
  seed,
}: ImportPlan): Pick<ImportedDetails, 'workflows' | 'fireworks'> {
  const workflows = [...survey.workflows]
    .map(([key, member]): ImportedWorkflow => {
      return newIds ? [newKey(key, seed), newIds.fireworks.get(member) ?? member] : [key, member];
    })
    .filter(([key]) => !present.workflows.has(key));
  const isThere = (id: number): boolean => present.fireworks.has(newIds?.fireworks.get(id) ?? id);
  return { workflows, fireworks: [...survey.fireworks.keys()].filter((id) => !isThere(id)).length };
}
