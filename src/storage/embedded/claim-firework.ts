/** The atomic claim (semantics.md, section 7), in one transaction. */
import type { Firework } from '../../domain/model';
import { sameValue } from '../../domain/same-value';
import type { StoredDocument } from '../documents';
import type { ClaimRequest } from '../launchpad-store';
import { readFirework } from './find-fireworks';
import type { EmbeddedDatabase, Tables } from './lmdb/database';
import { decode, decodeExactly } from './lmdb/stored-bytes';
import { getForChange, putFirework } from './lmdb/put-documents';
import { compareBson, MISSING } from './query/values/bson-order';
import { createMatcher, type Matcher } from './query/matcher';

export function claimFirework(database: EmbeddedDatabase, request: ClaimRequest): Firework | undefined {
  const matches = matcherOf(request);
  return database.write((tables) => {
    const found =
      request.fwId === undefined ? findBest(tables, request, matches) : findById(tables, request.fwId);
    if (!found) return undefined;
    const claimed = { ...found, state: 'RESERVED', updated_on: request.now };
    putFirework(tables, claimed, found);
    return readFirework(claimed, 'all');
  });
}

function matcherOf({ fwId, where }: ClaimRequest): Matcher {
  return fwId !== undefined ? () => true : createMatcher(where);
}

function findById(tables: Tables, fwId: number): StoredDocument | undefined {
  const doc = getForChange(tables.fireworks, fwId);
  return doc && (doc['state'] === 'READY' || doc['state'] === 'RESERVED') ? doc : undefined;
}

interface Candidate {
  readonly fwId: number;
  readonly priority: unknown;
  readonly createdOn: unknown;
}

/** Whole documents are read in order of claim, until one matches: that is mostly the first. */
function findBest(tables: Tables, { order }: ClaimRequest, matches: Matcher): StoredDocument | undefined {
  const candidates = readReady(tables).sort((one, other) => compareCandidates(one, other, order));
  for (const { fwId } of candidates) {
    const bytes = tables.fireworks.getBinary(fwId);
    if (bytes && matches(decode(bytes))) return decodeExactly(bytes);
  }
  return undefined;
}

function readReady({ fireworksByState }: Tables): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { key, value } of fireworksByState.getRange({ start: ['READY'] })) {
    const [state, fwId] = key;
    if (state !== 'READY') break;
    const doc = decode(value);
    candidates.push({ fwId, priority: sortValue(doc['priority']), createdOn: doc['created_on'] ?? MISSING });
  }
  return candidates;
}

/** Of a list, MongoDB sorts downwards by the highest. */
function sortValue(priority: unknown): unknown {
  if (!Array.isArray(priority)) return priority ?? MISSING;
  return (priority as unknown[]).toSorted(compareBson).at(-1) ?? MISSING;
}

function compareCandidates(one: Candidate, other: Candidate, order: ClaimRequest['order']): number {
  const byPriority = compareBson(other.priority, one.priority);
  if (byPriority !== 0) return byPriority;
  const byDate = order === 'id' ? 0 : compareBson(one.createdOn, other.createdOn);
  return (order === 'filo' ? -byDate : byDate) || one.fwId - other.fwId;
}

export function releaseClaim(
  database: EmbeddedDatabase,
  fwId: number,
  launches: readonly number[],
  now: Date,
): boolean {
  return database.write((tables) => {
    const before = getForChange(tables.fireworks, fwId);
    if (before?.['state'] !== 'RESERVED' || !sameValue(before['launches'], launches)) return false;
    putFirework(tables, { ...before, state: 'READY', updated_on: now }, before);
    return true;
  });
}
