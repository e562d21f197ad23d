/** Ids as `-i` takes them: `3-5,9`. */
export function idRanges(ids: readonly number[]): string {
  const sorted = [...new Set(ids)].sort((one, other) => one - other);
  const ranges: { readonly first: number; last: number }[] = [];
  for (const id of sorted) {
    const range = ranges.at(-1);
    if (range && id === range.last + 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  return ranges.map(rangeText).join(',');
}

function rangeText({ first, last }: { readonly first: number; readonly last: number }): string {
  if (first === last) return String(first);
  return last === first + 1 ? `${String(first)},${String(last)}` : `${String(first)}-${String(last)}`;
}
