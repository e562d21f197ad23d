/** The outputs of a CommandLineTask: files and data that a command leaves, as targets for the spec. */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ValueObject } from '../../../domain/model';
import { assertThat } from '../python-failures';
import { pythonStr } from '../python-repr';
import { notImplemented, type Binding } from './command-line-spec';

export interface Output {
  /** Empty for none. */
  readonly argument: string;
  /** What the spec will hold; the value of data is what the command prints. */
  readonly target: ValueObject;
  /** A stream that goes into the target's file. */
  readonly stream: 'stdout' | 'stderr' | undefined;
  readonly isData: boolean;
  /** A file that is copied to the target after the command. */
  readonly copyFrom: string | undefined;
}

export async function outputOf({ prefix, source, target }: Binding, launchDir: string): Promise<Output> {
  assertThat(target !== undefined);
  const { type } = target;
  const common = { stream: undefined, copyFrom: undefined } as const;
  if (type === 'data') return { argument: prefix, target, isData: true, ...common };
  if (type !== 'path') throw notImplemented('target', type);
  const written = target['value'];
  assertThat(typeof written === 'string' && written.length > 0);
  // In a directory it gets a name that nothing else has.
  const path = (await isDirectory(resolve(launchDir, written))) ? join(written, randomUUID()) : written;
  const output = { target: { ...target, value: path }, isData: false };
  const from = source?.['type'];
  if (from === 'stdout' || from === 'stderr') {
    return { ...output, argument: prefix, stream: from, copyFrom: undefined };
  }
  if (from === 'path') {
    return { ...output, argument: prefix, stream: undefined, copyFrom: pythonStr(source?.['value']) };
  }
  return { ...output, argument: prefix + path, ...common };
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
