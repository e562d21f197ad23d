/**
 * The lines of an export (docs/transfer.md, schemas/export.schema.json): a head, documents, and an end that tells whether the
 * file is whole. Each is JSON; documents are canonical Extended JSON.
 */
import { isFireworkState } from '../../domain/state';
import type { Value } from '../../domain/model';
import { TRANSFERRED, type TransferredCollection } from '../../domain/transferred';
import { plain } from '../plain-values';
import { ReadingError } from '../reading/reading-error';
import { bsonToText } from './bson-text';
import { readOrdered, type OrderedDocument } from './ordered-json';

const FORMAT = 'lpad-export';
const VERSION = 1;

export type ExportedCollection = TransferredCollection;
export type ExportCounts = Partial<Record<ExportedCollection, number>>;

export interface ExportHead {
  readonly createdOn: Date;
  /** Description of the store, for people. */
  readonly database: string;
  readonly commandLine: readonly string[];
}

export function headLine({ createdOn, database, commandLine }: ExportHead): string {
  const head = { format: FORMAT, version: VERSION, created_on: createdOn.toISOString(), database };
  return JSON.stringify({ ...head, command_line: commandLine });
}

/** A lock belongs to a process, not to the workflow. */
const LOCKS: ReadonlySet<string> = new Set(['locked', 'lpad_lock']);
const NOTHING: ReadonlySet<string> = new Set();

export function documentLine(collection: ExportedCollection, bytes: Uint8Array): string {
  const text = bsonToText(bytes, collection === 'workflows' ? LOCKS : NOTHING);
  return `{"collection":"${collection}","document":${text}}`;
}

export function countersLine(nextFwId: number, nextLaunchId: number): string {
  return JSON.stringify({ counters: { next_fw_id: nextFwId, next_launch_id: nextLaunchId } });
}

export function endLine(counts: ExportCounts): string {
  return JSON.stringify({ end: counts });
}

export interface ExportedDocument {
  readonly collection: ExportedCollection;
  readonly document: OrderedDocument;
}

export type ExportLine =
  | { readonly kind: 'head' }
  | ({ readonly kind: 'document' } & ExportedDocument)
  | { readonly kind: 'counters'; readonly nextFwId: number; readonly nextLaunchId: number }
  | { readonly kind: 'end'; readonly counts: ExportCounts };

/** Throws ReadingError with what is wrong. */
export function readExportLine(text: string): ExportLine {
  const line = readObject(text);
  if (line.has('collection')) return readDocument(line);
  if (line.has('format')) return readHead(line);
  const counters = line.get('counters');
  if (counters instanceof Map) return readCounters(counters as OrderedDocument);
  const end = line.get('end');
  if (end instanceof Map) {
    const counts = [...(end as OrderedDocument)].map(([name, count]) => [name, plain(count)]);
    return { kind: 'end', counts: Object.fromEntries(counts) as ExportCounts };
  }
  throw new ReadingError(0, 'is no line of an export: it has neither collection nor format, counters or end');
}

function readObject(text: string): OrderedDocument {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new ReadingError(0, `is no JSON: ${(error as Error).message}`);
  }
  const line = readOrdered(text);
  if (line instanceof Map) return line as OrderedDocument;
  throw new ReadingError(0, 'is no object');
}

function readHead(line: OrderedDocument): ExportLine {
  if (line.get('format') !== FORMAT)
    throw new ReadingError(0, `has the format ${String(line.get('format'))}`);
  const version = plain(line.get('version'));
  if (version !== VERSION) {
    throw new ReadingError(0, `is of version ${String(version)}; this lpad reads version ${String(VERSION)}`);
  }
  return { kind: 'head' };
}

function readCounters(counters: OrderedDocument): ExportLine {
  const [nextFwId, nextLaunchId] = ['next_fw_id', 'next_launch_id'].map((key) => plain(counters.get(key)));
  if (!isId(nextFwId) || !isId(nextLaunchId)) throw new ReadingError(0, 'has counters that are no numbers');
  return { kind: 'counters', nextFwId, nextLaunchId };
}

function readDocument(line: OrderedDocument): ExportLine {
  const collection = line.get('collection');
  const document = line.get('document');
  if (!isCollection(collection))
    throw new ReadingError(0, `has the unknown collection ${String(collection)}`);
  if (!(document instanceof Map)) throw new ReadingError(0, 'has no document');
  const ordered = document as OrderedDocument;
  const wrong = problemOf(collection, ordered);
  if (wrong !== undefined) throw new ReadingError(0, `holds a document of ${collection} ${wrong}`);
  return { kind: 'document', collection, document: ordered };
}

function isCollection(value: Value): value is ExportedCollection {
  return TRANSFERRED.some((name) => name === value);
}

/** What every program takes for granted; a document without it would break them later. */
function problemOf(collection: ExportedCollection, document: OrderedDocument): string | undefined {
  const lacking = (key: string): string => `whose ${key} is missing or wrong`;
  if (!document.has('_id')) return lacking('_id');
  const ids = {
    fireworks: ['fw_id'],
    launches: ['launch_id', 'fw_id'],
    offline_runs: ['fw_id', 'launch_id'],
    lpad_launch_records: ['_id', 'fw_id', 'launch_id'],
    lpad_quarantine: ['_id', 'fw_id'],
  };
  const needed: readonly string[] = collection in ids ? ids[collection as keyof typeof ids] : [];
  const wrongId = needed.find((key) => !isId(plain(document.get(key))));
  if (wrongId !== undefined) return lacking(wrongId);
  if (collection === 'workflows') {
    const nodes = plain(document.get('nodes'));
    if (!Array.isArray(nodes) || !nodes.every(isId)) return lacking('nodes');
    if (!(document.get('links') instanceof Map)) return lacking('links');
  }
  if (collection === 'fireworks' && !(document.get('spec') instanceof Map)) return lacking('spec');
  const hasState = collection === 'fireworks' || collection === 'workflows' || collection === 'launches';
  const state = document.get('state');
  return hasState && !(typeof state === 'string' && isFireworkState(state)) ? lacking('state') : undefined;
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0;
}
