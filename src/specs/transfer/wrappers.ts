/** What objects of Extended JSON stand for other values, and how an object that only looks like one is written. */

/** `{"$lpadObject":[["$oid",…]]}` is an object with the key `$oid`, not an ObjectId: a spec may hold anything. */
export const PLAIN_OBJECT = '$lpadObject';

const KINDS: ReadonlySet<string> = new Set([
  '$oid',
  '$date',
  '$numberInt',
  '$numberLong',
  '$numberDouble',
  '$numberDecimal',
  '$regularExpression',
  '$timestamp',
  '$uuid',
  '$binary',
  '$minKey',
  '$maxKey',
  '$symbol',
  '$undefined',
  '$code',
  '$dbPointer',
  '$ref',
  '$type',
  '$scope',
  PLAIN_OBJECT,
]);

/** Whether some reader may take an object with these keys for another value. */
export function looksLikeWrapper(keys: Iterable<string>): boolean {
  for (const key of keys) if (KINDS.has(key)) return true;
  return false;
}
