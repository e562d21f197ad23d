/** The end of a stream of output: its last lines, within bounds. */

const MOST_LINES = 50;
/** One line of megabytes is no help to anybody. */
const MOST_BYTES = 64 * 1024;

/** Keeps what it is given only as far as it may still be among the last lines. */
export class LastLines {
  #kept: Buffer = Buffer.alloc(0);

  add(chunk: Uint8Array): void {
    const all = Buffer.concat([this.#kept, chunk]);
    this.#kept = all.length > MOST_BYTES ? Buffer.from(all.subarray(all.length - MOST_BYTES)) : all;
  }

  lines(): readonly string[] {
    const text = this.#kept.toString('utf8').trimEnd();
    return text === '' ? [] : text.split(/\r?\n/).slice(-MOST_LINES);
  }
}
