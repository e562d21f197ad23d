/**
 * `lpad import`: what an export holds becomes part of the database. All of it is read and compared with what is there before
 * the first document is written; nothing that is there is touched.
 */
import { LpadError } from '../../errors';
import { plain } from '../../specs/plain-values';
import type { ExportCounts, ExportedDocument } from '../../specs/transfer/export-file';
import { createRenumbering, type NewIds } from '../../specs/transfer/renumber';
import { detailsOfImport, importedBy, type ImportedDetails } from '../journal/import-entry';
import { createJournalEntry, createLockOwner, type RunContext } from '../run-context';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { findPresent, refusePresent, type Present } from './find-present';
import { fingerprintOf, importedOf, newIdsOf, renumberSurvey } from './import-ids';
import { readExport, surveyImport, type ExportSource, type ImportSurvey } from './survey-import';

/**
 * `keep` refuses when one is taken; `resume` goes on with an import that broke off; `new` gives each the next free id, and
 * `resume new` goes on with an import that did.
 */
export type ImportIds = 'keep' | 'resume' | 'new' | 'resume new';

export interface ImportRequest {
  readonly source: ExportSource;
  readonly ids: ImportIds;
  readonly signal: AbortSignal;
  /** So many more of so many documents are written. */
  readonly onProgress: (written: number, total: number) => void;
}

export interface ImportReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly counts: ExportCounts;
  /** Documents that an earlier import had written. */
  readonly alreadyThere: number;
  /** From the ids in the file to those in the database, when they are new. */
  readonly newIds: NewIds | undefined;
  /** Ids in the database of Fireworks that are RUNNING or RESERVED. */
  readonly underWay: readonly number[];
  readonly interrupted: boolean;
}

export async function importDocuments(
  store: LaunchPadStore,
  request: ImportRequest,
  context: RunContext,
): Promise<ImportReport> {
  const survey = await surveyImport(request.source);
  const fingerprint = fingerprintOf(survey);
  const renumbered = await renumberedFor(store, request.ids, { survey, fingerprint, seed: context.run });
  const newIds = renumbered && newIdsOf(survey, renumbered);
  const present = await presentFor(store, request.ids, survey, renumbered);
  const plan = { survey, present, newIds, seed: renumbered?.seed ?? '' };
  const details = { fingerprint, ...importedOf(plan), ...(renumbered ? { renumbered } : {}) };
  const isAll = details.workflows.length === 0 && survey.workflows.size > 0;
  // First of all, so that what breaks off can be taken back, and gone on with.
  if (!isAll) await noteImport(store, details, context);
  const written = await writeAll(store, request, plan);
  return {
    ...(isAll ? {} : { journalId: context.run }),
    ...written,
    newIds,
    underWay: survey.underWay.map((id) => newIds?.fireworks.get(id) ?? id),
  };
}

async function noteImport(
  store: LaunchPadStore,
  details: ImportedDetails,
  context: RunContext,
): Promise<void> {
  const entry = createJournalEntry(context, 0, [], detailsOfImport(details));
  await store.commitPatches(entry, createLockOwner(context));
}

type Renumbered = NonNullable<ImportedDetails['renumbered']>;

interface ImportFacts {
  readonly survey: ImportSurvey;
  readonly fingerprint: string;
  readonly seed: string;
}

async function renumberedFor(
  store: LaunchPadStore,
  ids: ImportIds,
  { survey, fingerprint, seed }: ImportFacts,
): Promise<Renumbered | undefined> {
  if (ids === 'keep' || ids === 'resume') return undefined;
  if (ids === 'new') return { ...(await takeNewIds(store, survey)), seed };
  for await (const entry of store.findJournalEntries({})) {
    const earlier = entry.status === 'undone' ? undefined : importedBy(entry);
    if (earlier?.renumbered && earlier.fingerprint === fingerprint) return earlier.renumbered;
  }
  throw new LpadError(
    'NOT_FOUND',
    'the journal has no import of this file with new ids; nothing was imported',
    {
      hint: 'lpad import --new-ids FILE   (begins one)',
    },
  );
}

/** Nobody else has the ids that were just taken. */
async function presentFor(
  store: LaunchPadStore,
  ids: ImportIds,
  survey: ImportSurvey,
  renumbered: Renumbered | undefined,
): Promise<Present> {
  if (!renumbered) return reserveIds(store, survey, ids === 'resume');
  return ids === 'new' ? NOTHING : findPresent(store, renumberSurvey(survey, renumbered));
}

const NOTHING: Present = {
  fireworks: new Set(),
  launches: new Set(),
  workflows: new Set(),
  others: new Set(),
};

async function takeNewIds(store: LaunchPadStore, survey: ImportSurvey): Promise<Omit<Renumbered, 'seed'>> {
  if (survey.missingMembers.length > 0) {
    const ids = survey.missingMembers.slice(0, 5).join(', ');
    throw new LpadError(
      'BAD_EXPORT',
      `workflows list Fireworks that are not in the file (${ids}): they cannot get new ids; nothing was imported`,
    );
  }
  const { fireworks, launches } = survey;
  return {
    firstFwId: fireworks.size === 0 ? 0 : await store.takeFireworkIds(fireworks.size),
    firstLaunchId: launches.size === 0 ? 0 : await store.takeLaunchIds(launches.size),
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
  /** Of the new `_id`s. */
  readonly seed: string;
}

/** So many documents are written together, and more until the workflow is whole. */
const BATCH = 2000;
/** Each of a quarter of a megabyte. */
const FEW = 100;

async function writeAll(
  store: LaunchPadStore,
  { source, signal, onProgress }: ImportRequest,
  { survey, present, newIds, seed }: Plan,
): Promise<Pick<ImportReport, 'counts' | 'alreadyThere' | 'interrupted'>> {
  const renumbering = newIds && createRenumbering(newIds, seed);
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
    const document = renumbering ? renumbering.renumber(line) : line;
    if (isPresent(document, present)) alreadyThere += 1;
    else batch[kindOf(line)].push(document);
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
