/** FireWorks' CommandLineTask: a program whose arguments and streams are data of the spec (firetasks.md, section 6). */
import { open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FWActionParts } from '../../../domain/actions/fw-action';
import type { Value, ValueObject } from '../../../domain/model';
import { defineFiretask, FiretaskError, type FiretaskContext } from '../../define-firetask';
import { INTEGER, parameters, TEXTS } from '../parameter-types';
import { assertThat, atPath } from '../python-failures';
import { copyContents } from '../files/transfer-modes';
import { environmentOf } from '../environment';
import { runCommand } from '../run-command';
import { outputOf, type Output } from './command-line-output';
import { bindingsOf, inputOf, type Input } from './command-line-spec';
import { asObject } from './spec-values';

export const commandLineTask = defineFiretask({
  name: 'CommandLineTask',
  parameters: parameters(['command_spec'], {
    command_spec: { type: 'object', required: ['command'], properties: { command: TEXTS } },
    inputs: { type: ['array', 'null'], items: { type: 'string' } },
    outputs: { type: ['array', 'null'], items: { type: 'string' } },
    chunk_number: INTEGER,
  }),
  run: async (context): Promise<FWActionParts | undefined> => {
    const { parameters: given, typed, launchDir } = context;
    const commandSpec = asObject(typed.parameters['command_spec']);
    const outputLabels = labelsOf(given['outputs']);
    const inputs = labelsOf(given['inputs'])
      .flatMap((label) => bindingsOf(commandSpec, label, typed.spec))
      .map(inputOf);
    const outputs: Output[] = [];
    for (const label of outputLabels) {
      const [first] = bindingsOf(commandSpec, label, typed.spec);
      assertThat(first !== undefined);
      outputs.push(await outputOf(first, launchDir));
    }
    const words = (commandSpec['command'] as readonly string[]).concat(
      argumentsOf(inputs),
      argumentsOf(outputs),
    );
    const targets = await runTool(words, inputs, outputs, context);
    return actionOf(outputLabels, targets, given['chunk_number']);
  },
});

function labelsOf(labels: Value): readonly string[] {
  return Array.isArray(labels) ? (labels as readonly string[]) : [];
}

function argumentsOf(parts: readonly { readonly argument: string }[]): readonly string[] {
  return parts.flatMap(({ argument }) => (argument === '' ? [] : [argument]));
}

/** What the spec gets: each target at its label, or, in a chunk of ForeachTask, at the end of the label's list. */
function actionOf(
  labels: readonly string[],
  targets: readonly ValueObject[],
  chunk: Value,
): FWActionParts | undefined {
  if (targets.length === 0) return undefined;
  const pairs = labels.map((label, index): [string, Value] => [label, targets[index]]);
  if (chunk === undefined || chunk === null) return { update_spec: Object.fromEntries(pairs) };
  return { mod_spec: pairs.map(([label, target]) => ({ _push: { [label]: target } })) };
}

async function runTool(
  words: readonly string[],
  inputs: readonly Input[],
  outputs: readonly Output[],
  context: FiretaskContext,
): Promise<readonly ValueObject[]> {
  const opened: FileHandle[] = [];
  const openFile = async (path: string, flags: string): Promise<number> => {
    const handle = await atPath(path, () => open(resolve(context.launchDir, path), flags));
    opened.push(handle);
    return handle.fd;
  };
  try {
    const stdin = await stdinOf(inputs, openFile);
    const stdout = await streamOf('stdout', outputs, openFile);
    const stderr = await streamOf('stderr', outputs, openFile);
    const printed = await runWords(words, { stdin, stdout, stderr }, outputs, context);
    return await targetsOf(outputs, printed, context.launchDir);
  } finally {
    for (const handle of opened) await handle.close();
  }
}

type OpenFile = (path: string, flags: string) => Promise<number>;

async function stdinOf(inputs: readonly Input[], openFile: OpenFile): Promise<number | string | undefined> {
  const last = inputs.findLast(({ kind }) => kind !== 'argument');
  if (last?.kind === 'stdin file') return openFile(last.path, 'r');
  return last?.kind === 'stdin text' ? last.text : undefined;
}

async function streamOf(
  stream: 'stdout' | 'stderr',
  outputs: readonly Output[],
  openFile: OpenFile,
): Promise<FileHandle['fd'] | undefined> {
  const last = outputs.findLast((output) => output.stream === stream);
  return last === undefined ? undefined : openFile(String(last.target['value']), 'w');
}

interface Streams {
  readonly stdin: number | string | undefined;
  readonly stdout: number | undefined;
  readonly stderr: number | undefined;
}

/** What it prints, as far as an output asks for it. */
async function runWords(
  words: readonly string[],
  { stdin, stdout, stderr }: Streams,
  outputs: readonly Output[],
  context: FiretaskContext,
): Promise<string> {
  const errors: Buffer[] = [];
  const [program = ''] = words;
  const { returnCode, stdout: printed } = await atPath(program, () =>
    runCommand({
      command: words,
      shell: undefined,
      cwd: context.launchDir,
      env: environmentOf(context.spec),
      stdin,
      captureStdout: stdout === undefined && outputs.some(({ isData }) => isData),
      captureStderr: true,
      output: stdout === undefined ? context.output : { ...context.output, stdout },
      ...(stderr === undefined ? {} : { stderr }),
      onStderr: (chunk) => errors.push(Buffer.from(chunk)),
      signal: context.signal,
    }),
  );
  if (returnCode === 0) return printed.toString('utf8').trim();
  const said = Buffer.concat(errors).toString('utf8').trimEnd();
  throw new FiretaskError(
    'RuntimeError',
    said === '' ? `the command ended with ${String(returnCode)}` : said,
    {
      notes: [`CommandLineTask, command: ${words.join(' ')}`, `return code: ${String(returnCode)}`],
    },
  );
}

async function targetsOf(
  outputs: readonly Output[],
  printed: string,
  launchDir: string,
): Promise<readonly ValueObject[]> {
  const targets: ValueObject[] = [];
  for (const { copyFrom, target, isData } of outputs) {
    if (copyFrom !== undefined) {
      const to = String(target['value']);
      await copyContents(resolve(launchDir, copyFrom), resolve(launchDir, to));
    }
    targets.push(isData ? { ...target, value: printed } : target);
  }
  return targets;
}
