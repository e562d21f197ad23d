/** A shell pattern for one name of a path: `*`, `?` and `[…]`, which do not match a leading dot. */
export function segmentPattern(name: string): RegExp {
  const body = name.replace(/\[!?\]?[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[\\^$.*+?()[\]{}|]/, '\\$&');
  });
  const hidden = name.startsWith('.') ? '' : '(?!\\.)';
  return new RegExp(`^${hidden}${body}$`, 's');
}
