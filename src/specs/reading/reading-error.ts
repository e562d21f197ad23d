/** A text that cannot be read: what is wrong, and at which character. Whoever knows the file's name makes an LpadError. */
export class ReadingError extends Error {
  readonly offset: number;

  constructor(offset: number, what: string) {
    super(what);
    this.name = 'ReadingError';
    this.offset = offset;
  }
}

/** Deeper data than this is refused: MongoDB takes 180 levels, and readers recurse. */
export const MAX_DEPTH = 500;

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Both counted from 1. */
export function positionOf(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf('\n'); next >= 0 && next < offset; next = text.indexOf('\n', start)) {
    line += 1;
    start = next + 1;
  }
  return { line, column: Math.min(offset, text.length) - start + 1 };
}
