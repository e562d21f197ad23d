/**
 * `lpad import`: what an export holds becomes part of the database. All of it is read and compared with what is there before
 * the first document is written; nothing that is there is touched.
 */
import { LpadError } from '../../errors';
import { plain } from '../../specs/plain-values';
import type { ExportCounts, ExportedDocument } from '../../specs/transfer/export-file';
import { createRenumbering, type NewIds } from '../../specs/transfer/renumber';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findPresent, refusePresent, type Present } from './find-present';
import { readExport, surveyImport, type ExportSource, type ImportSurvey } from './survey-import';

export interface ImportRequest {
  readonly source: ExportSource;
  /** `keep` refuses when one is taken; `resume` goes on with an import that broke off; `new` gives each the next free id. */
  readonly ids: 'keep' | 'resume' | 'new';
  readonly signal: AbortSignal;
  /** So many more of so many documents are written. */
  readonly onProgress: (written: number, total: number) => void;
}

export interface ImportReport {
  readonly counts: ExportCounts;
  /** Documents that an earlier import had written. */
  readonly alreadyThere: number;
  /** From the ids in the file to those in the database, when they are new. */
  readonly newIds: NewIds | undefined;
  /** Ids in the database of Fireworks that are RUNNING or RESERVED. */
  readonly underWay: readonly number[];
  readonly interrupted: boolean;
}

export async function importDocuments(store: LaunchPadStore, request: ImportRequest): Promise<ImportReport> {
  const survey = await surveyImport(request.source);
  const newIds = request.ids === 'new' ? await takeNewIds(store, survey) : undefined;
  const present = newIds ? NOTHING : await reserveIds(store, survey, request.ids === 'resume');
  const written = await writeAll(store, request, { survey, present, newIds });
  return {
    ...written,
    newIds,
    underWay: survey.underWay.map((id) => newIds?.fireworks.get(id) ?? id),
  };
}

const NOTHING: Present = {
  fireworks: new Set(),
  launches: new Set(),
  workflows: new Set(),
  others: new Set(),
};

async function takeNewIds(store: LaunchPadStore, survey: ImportSurvey): Promise<NewIds> {
  if (survey.missingMembers.length > 0) {
    const ids = survey.missingMembers.slice(0, 5).join(', ');
    throw new LpadError(
      'BAD_EXPORT',
      `workflows list Fireworks that are not in the file (${ids}): they cannot get new ids; nothing was imported`,
    );
  }
  const fwIds = [...survey.fireworks.keys()].sort((one, other) => one - other);
  const launchIds = [...survey.launches.keys()].sort((one, other) => one - other);
  const firstFw = fwIds.length === 0 ? 0 : await store.takeFireworkIds(fwIds.length);
  const firstLaunch = launchIds.length === 0 ? 0 : await store.takeLaunchIds(launchIds.length);
  return {
    fireworks: new Map(fwIds.map((id, index) => [id, firstFw + index])),
    launches: new Map(launchIds.map((id, index) => [id, firstLaunch + index])),
  };
}

/** First the counters, so that nobody is given one of these ids while it is looked whether they are free. */
async function reserveIds(store: LaunchPadStore, survey: ImportSurvey, resume: boolean): Promise<Present> {
  const early = await findPresent(store, survey);
  if (!resume) refusePresent(early);
  await store.raiseCounters(survey);
  const present = await findPresent(store, survey);
  if (!resume) refusePresent(present);
  return present;
}

interface Plan {
  readonly survey: ImportSurvey;
  readonly present: Present;
  readonly newIds: NewIds | undefined;
}

/** So many documents are written together, and more until the workflow is whole. */
const BATCH = 2000;
/** Each of a quarter of a megabyte. */
const FEW = 100;

async function writeAll(
  store: LaunchPadStore,
  { source, signal, onProgress }: ImportRequest,
  { survey, present, newIds }: Plan,
): Promise<Pick<ImportReport, 'counts' | 'alreadyThere' | 'interrupted'>> {
  const renumbering = newIds && createRenumbering(newIds);
  const counts: ExportCounts = {};
  let alreadyThere = 0;
  let batch = emptyBatch();
  const write = async (documents: readonly ExportedDocument[]): Promise<void> => {
    await store.insertRaw(documents);
    for (const { collection } of documents) counts[collection] = (counts[collection] ?? 0) + 1;
    onProgress(documents.length, survey.lines);
  };
  let previous = '';
  for await (const line of readExport(source)) {
    if (line.kind !== 'document') continue;
    const startsWorkflow = line.collection === 'workflows' && previous !== 'workflows';
    previous = line.collection;
    if (startsWorkflow && (signal.aborted || batch.work.length + batch.records.length >= BATCH)) {
      await write([...batch.records, ...batch.work]);
      batch = emptyBatch();
    }
    if (signal.aborted && startsWorkflow) return { counts, alreadyThere, interrupted: true };
    if (isPresent(line, present)) alreadyThere += 1;
    else batch[kindOf(line)].push(renumbering ? renumbering.renumber(line) : line);
    const most = line.collection.endsWith('.chunks') ? FEW : BATCH;
    if (batch.records.length >= most) await write(batch.records.splice(0));
  }
  await write([...batch.records, ...batch.work]);
  return { counts, alreadyThere, interrupted: false };
}

interface Batch {
  /** Workflows and Fireworks: of a workflow all at once, because a rocket may claim what it sees. */
  readonly work: ExportedDocument[];
  /** Launches and the like, which mean nothing without their Fireworks. */
  readonly records: ExportedDocument[];
}

function emptyBatch(): Batch {
  return { work: [], records: [] };
}

function kindOf({ collection }: ExportedDocument): keyof Batch {
  return collection === 'workflows' || collection === 'fireworks' ? 'work' : 'records';
}

function isPresent({ collection, document }: ExportedDocument, present: Present): boolean {
  const number = (key: string): number => Number(plain(document.get(key)));
  if (collection === 'fireworks') return present.fireworks.has(number('fw_id'));
  if (collection === 'launches') return present.launches.has(number('launch_id'));
  if (collection === 'workflows') return present.workflows.has(String(document.get('_id')));
  return present.others.has(`${collection} ${String(document.get('_id'))}`);
}
