/** A raw query as a test of documents. */
import type { StoredDocument } from '../../documents';
import type { Query } from '../../launchpad-store';
import { evaluate } from './evaluate';
import { readQuery } from './read-query';

export type Matcher = (document: StoredDocument) => boolean;

/** Throws BAD_QUERY before any document is read. */
export function createMatcher(query: Query): Matcher {
  const condition = readQuery(query);
  return (document) => evaluate(condition, document);
}
