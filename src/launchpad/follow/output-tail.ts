/**
 * What a launch prints, as far as it can be seen from here: FW_job.out and FW_job.error of its directory, which a rocket
 * writes with --local_redirect and a batch system by itself; without them the lines of its trackers, and at its end what
 * it stored of its output. A failure is told in any case.
 */
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isObject, type Launch, type Value, type ValueObject } from '../../domain/model';

export interface OutputLine {
  /** The name of the file, `stdout` and `stderr` for what was stored, or `failure`. */
  readonly source: string;
  readonly line: string;
}

export interface OutputRead {
  readonly lines: readonly OutputLine[];
  /** Whether there is anything to be seen of it. */
  readonly visible: boolean;
}

export interface OutputTail {
  /** What is new since the last time. */
  read(launch: Launch): Promise<OutputRead>;
}

const FILES = ['FW_job.out', 'FW_job.error', 'FW_job.err'] as const;
/** So much of a file is read at once; of more, the end. */
const MOST_BYTES = 4 * 1024 * 1024;

export function createOutputTail(): OutputTail {
  const files = new Map<string, FileTail>(FILES.map((name) => [name, { offset: 0, rest: Buffer.alloc(0) }]));
  const tracked = new Map<string, string>();
  let ended = false;
  return {
    read: async (launch) => {
      const isEnd = !ended && (launch.state === 'COMPLETED' || launch.state === 'FIZZLED');
      ended ||= isEnd;
      const lines: OutputLine[] = [];
      for (const [name, tail] of files) {
        const more = await readMore(resolve(launch.launchDir, name), tail, isEnd);
        for (const line of more) lines.push({ source: name, line });
      }
      const redirected = [...files.values()].some(({ offset }) => offset > 0);
      if (!redirected) lines.push(...trackedLines(launch, tracked), ...(isEnd ? storedLines(launch) : []));
      if (isEnd && launch.state === 'FIZZLED') lines.push(...failureLines(launch));
      const visible = redirected || launch.trackers.length > 0 || (await isThere(launch.launchDir));
      return { lines, visible };
    },
  };
}

interface FileTail {
  offset: number;
  /** What stands behind the last line end: a line that is being written. */
  rest: Buffer;
}

/** A file that is not there, or not to be read, has nothing to say. */
async function readMore(file: string, tail: FileTail, isEnd: boolean): Promise<readonly string[]> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return [];
  try {
    const { size } = await handle.stat();
    if (size < tail.offset) tail.offset = 0;
    const start = Math.max(tail.offset, size - MOST_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    tail.offset = start + bytesRead;
    const text = Buffer.concat([tail.rest, buffer.subarray(0, bytesRead)]);
    const end = isEnd ? text.length : text.lastIndexOf(0x0a) + 1;
    tail.rest = text.subarray(end);
    return linesOf(text.subarray(0, end).toString('utf8'));
  } catch {
    return [];
  } finally {
    await handle.close();
  }
}

function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split(/\r?\n/);
}

/** The lines behind those that were there before; all of them where nothing fits. */
function trackedLines({ trackers }: Launch, before: Map<string, string>): readonly OutputLine[] {
  return trackers.flatMap(({ filename, content }) => {
    const source = String(filename);
    if (typeof content !== 'string') return [];
    const lines = linesOf(content);
    const fresh = freshLines(linesOf(before.get(source) ?? ''), lines);
    before.set(source, content);
    return fresh.map((line) => ({ source, line }));
  });
}

/** A tracker shows the last lines of a file: the end of what was seen is a beginning of what is seen now. */
function freshLines(before: readonly string[], now: readonly string[]): readonly string[] {
  for (let overlap = Math.min(before.length, now.length); overlap > 0; overlap -= 1) {
    const end = before.slice(before.length - overlap);
    if (end.every((line, index) => now[index] === line)) return now.slice(overlap);
  }
  return now;
}

function storedLines({ action }: Launch): readonly OutputLine[] {
  const stored = objectAt(action, 'stored_data');
  return ['stdout', 'stderr'].flatMap((source) => {
    const text = stored[source];
    return typeof text === 'string' ? linesOf(text).map((line) => ({ source, line })) : [];
  });
}

function failureLines({ action }: Launch): readonly OutputLine[] {
  const trace = objectAt(objectAt(action, 'stored_data')['_exception'], undefined)['_stacktrace'];
  return typeof trace === 'string' ? linesOf(trace).map((line) => ({ source: 'failure', line })) : [];
}

function objectAt(value: Value, key: string | undefined): ValueObject {
  const inner = key === undefined ? value : isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}

function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    () => true,
    () => false,
  );
}
