/**
 * Prints what a query found, as FireWorks prints it: exactly one item as itself, none or several as a list. Items are
 * written as they come: a hundred thousand of them never stand in memory as one text.
 */
import { bufferedOut, writeOut, type Io } from '../io';
import type { OutputFormat } from '../options/option-groups';

export interface Printing {
  /** `-o`, as it was given. Who writes `-o json` asks for data to read by a program: always a list. */
  readonly output: OutputFormat | undefined;
}

export async function printItems(
  io: Io,
  items: Iterable<unknown> | AsyncIterable<unknown>,
  printing: Printing,
): Promise<void> {
  const writer = printing.output === 'yaml' ? await yamlWriter() : await jsonWriter();
  const out = bufferedOut((text) => writeOut(io, text));
  const alwaysList = printing.output === 'json';
  let first: { readonly value: unknown } | undefined;
  let count = 0;
  for await (const value of items) {
    count += 1;
    if (count === 1) first = { value };
    if (count === 1 && !alwaysList) continue;
    // The first item waits until it is known whether it is the only one.
    if (count === 2 && !alwaysList) await out.write(writer.item(first?.value, 0));
    await out.write(writer.item(value, count - 1));
  }
  const single = count === 1 && !alwaysList;
  await out.write(single ? writer.single(first?.value) : writer.end(count));
  await out.flush();
}

/** One value that is no list of hits: a count, a summary. */
export async function printValue(io: Io, value: unknown, printing: Printing): Promise<void> {
  const writer = printing.output === 'yaml' ? await yamlWriter() : await jsonWriter();
  await writeOut(io, writer.single(value));
}

interface ItemWriter {
  single(value: unknown): string;
  item(value: unknown, index: number): string;
  end(count: number): string;
}

async function jsonWriter(): Promise<ItemWriter> {
  const { toJsonText } = await import('../../specs/printing/print-json.js');
  return {
    single: (value) => `${toJsonText(value)}\n`,
    // JSON text has line ends only between its tokens, so indenting every line changes no value.
    item: (value, index) => `${index === 0 ? '[' : ','}\n    ${toJsonText(value).replaceAll('\n', '\n    ')}`,
    end: (count) => (count === 0 ? '[]\n' : '\n]\n'),
  };
}

/** A block sequence is the sequences of its items one after the other. FireWorks ends with an empty line. */
async function yamlWriter(): Promise<ItemWriter> {
  const { toYamlText } = await import('../../specs/printing/print-yaml.js');
  const lines = (value: unknown): string => {
    const text = toYamlText(value);
    return text.endsWith('\n') ? text : `${text}\n`;
  };
  return {
    single: (value) => `${lines(value)}\n`,
    item: (value) => lines([value]),
    end: (count) => (count === 0 ? `${lines([])}\n` : '\n'),
  };
}
