/** Ids in one line, as FireWorks logs them: `[1, 4]`, which is JSON as well. */
export function idList(ids: readonly number[]): string {
  return `[${ids.join(', ')}]`;
}
