/** FireWorks' ScriptTask: shell commands, one after the other until one fails (firetasks.md, section 2). */
import { appendFile, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FWActionParts } from '../../../domain/actions/fw-action';
import type { ValueObject } from '../../../domain/model';
import { defineFiretask, FiretaskError, type FiretaskContext } from '../../define-firetask';
import { environmentOf } from '../environment';
import { LastLines } from '../last-lines';
import { runCommand } from '../run-command';
import { readScript, type Script } from './script-parameters';
import { splitShellWords } from './shell-words';

const FLAG = { type: ['boolean', 'null', 'integer'] };
const TEXT = { type: ['string', 'null'] };

export const scriptTask = defineFiretask({
  name: 'ScriptTask',
  aliases: ['Script Task'],
  parameters: {
    type: 'object',
    required: ['script'],
    properties: {
      script: { type: ['string', 'array'], items: { type: 'string' } },
      use_shell: FLAG,
      shell_exe: TEXT,
      stdin_file: TEXT,
      stdin_key: TEXT,
      stdout_file: TEXT,
      stderr_file: TEXT,
      store_stdout: FLAG,
      store_stderr: FLAG,
      defuse_bad_rc: FLAG,
      fizzle_bad_rc: FLAG,
      use_global_spec: FLAG,
    },
  },
  run: async (context) => {
    const script = readScript(context.parameters, context.spec);
    const file = script.stdinFile;
    if (file === undefined) return runScript(script, context, script.stdinText);
    // Opened once: each command reads on where the one before stopped.
    const stdin = await open(resolve(context.launchDir, file), 'r');
    try {
      return await runScript(script, context, stdin.fd);
    } finally {
      await stdin.close();
    }
  },
});

/** What the commands left behind. */
interface Outputs {
  readonly returnCodes: number[];
  readonly stdout: Buffer[];
  readonly stderr: Buffer[];
  readonly lastErrors: LastLines;
  failed: string | undefined;
}

async function runScript(
  script: Script,
  context: FiretaskContext,
  stdin: number | string | undefined,
): Promise<FWActionParts> {
  const outputs: Outputs = {
    returnCodes: [],
    stdout: [],
    stderr: [],
    lastErrors: new LastLines(),
    failed: undefined,
  };
  for (const command of script.commands) {
    context.signal.throwIfAborted();
    const returnCode = await runOne(command, script, context, stdin, outputs);
    if (returnCode === 0) continue;
    outputs.failed = command;
    break;
  }
  await writeFiles(script, context, outputs);
  return resultOf(script, outputs);
}

async function runOne(
  command: string,
  script: Script,
  context: FiretaskContext,
  stdin: number | string | undefined,
  outputs: Outputs,
): Promise<number> {
  const captureStderr = script.storeStderr || script.stderrFile !== undefined;
  const { returnCode, stdout } = await runCommand({
    command: script.useShell ? command : splitShellWords(command),
    shell: script.shellExe,
    cwd: context.launchDir,
    env: environmentOf(context.spec),
    stdin,
    captureStdout: script.storeStdout || script.stdoutFile !== undefined,
    captureStderr,
    output: context.output,
    onStderr: (chunk) => {
      outputs.lastErrors.add(chunk);
      if (captureStderr) outputs.stderr.push(Buffer.from(chunk));
    },
    signal: context.signal,
  });
  outputs.stdout.push(stdout);
  outputs.returnCodes.push(returnCode);
  return returnCode;
}

async function writeFiles(
  script: Script,
  { launchDir }: FiretaskContext,
  { stdout, stderr }: Outputs,
): Promise<void> {
  const { stdoutFile, stderrFile } = script;
  if (stdoutFile !== undefined) await appendFile(resolve(launchDir, stdoutFile), Buffer.concat(stdout));
  if (stderrFile !== undefined) await appendFile(resolve(launchDir, stderrFile), Buffer.concat(stderr));
}

function resultOf(script: Script, outputs: Outputs): FWActionParts {
  const { returnCodes, failed } = outputs;
  const stored_data: ValueObject = {
    // Bytes that are not UTF-8 become replacement characters.
    ...(script.storeStdout ? { stdout: Buffer.concat(outputs.stdout).toString('utf8') } : {}),
    ...(script.storeStderr ? { stderr: Buffer.concat(outputs.stderr).toString('utf8') } : {}),
    returncode: returnCodes.at(-1) ?? 0,
    all_returncodes: returnCodes,
  };
  if (failed === undefined) return { stored_data };
  if (script.badReturnCode === 'defuse') return { stored_data, defuse_children: true };
  if (script.badReturnCode === 'ignore') return { stored_data };
  throw new FiretaskError('RuntimeError', `ScriptTask fizzled! Return code: [${returnCodes.join(', ')}]`, {
    notes: notesOf(failed, outputs),
  });
}

/** The output of a failed command is stored nowhere else. */
function notesOf(command: string, { stdout, lastErrors }: Outputs): readonly string[] {
  const printed = new LastLines();
  for (const chunk of stdout) printed.add(chunk);
  return [
    `ScriptTask, command: ${command}`,
    ...section('last lines on stdout:', printed.lines()),
    ...section('last lines on stderr:', lastErrors.lines()),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
