/** One Firetask in the user's Python: python/run_firetask.py gets a request, and answers with an action or a failure. */
import path from 'node:path';
import { checkAction, type FWAction } from '../../../domain/actions/fw-action';
import { isObject, type Value, type ValueObject } from '../../../domain/model';
import { toJsonLine } from '../../../specs/printing/print-json';
import { readJson } from '../../../specs/reading/read-json';
import { FiretaskError, type FiretaskContext } from '../../define-firetask';
import { environmentOf } from '../environment';
import { LastLines } from '../last-lines';
import { runCommand } from '../run-command';
import type { PythonOptions } from './python-options';

/** The same distance from src as from dist. */
const PROGRAM = path.join(__dirname, '..', '..', '..', '..', 'python', 'run_firetask.py');

export async function runPython(
  name: string,
  context: FiretaskContext,
  options: PythonOptions,
): Promise<FWAction | undefined> {
  const { typed, fwId, launchDir, output, signal, env } = context;
  const errors = new LastLines();
  const request = toJsonLine({
    name,
    parameters: typed.parameters,
    spec: typed.spec,
    fw_id: fwId,
    worker: { ...context.worker, env },
    started_in: options.startedIn,
    template_dir: options.templateDir ?? null,
    launchpad: options.launchpad ?? null,
  });
  const { returnCode, reply } = await runCommand({
    command: [options.command, PROGRAM],
    shell: undefined,
    cwd: launchDir,
    env: environmentOf(context.spec),
    stdin: undefined,
    captureStdout: false,
    captureStderr: false,
    output,
    onStderr: (chunk) => errors.add(chunk),
    request,
    signal,
  });
  const text = reply.toString('utf8');
  if (!text.endsWith('\n')) throw silent(name, returnCode, errors);
  return actionIn(readJson(text));
}

function silent(name: string, returnCode: number, errors: LastLines): FiretaskError {
  const what = `the Python of ${name} ended with ${String(returnCode)} before the Firetask was done`;
  return new FiretaskError('RuntimeError', what, { notes: errors.lines() });
}

function actionIn(reply: Value): FWAction | undefined {
  if (!isObject(reply)) throw new FiretaskError('RuntimeError', 'the Firetask gave no answer');
  const { action, error } = reply;
  if (isObject(error)) throw failure(error);
  if (action === null || action === undefined) return undefined;
  if (isObject(action)) return checkAction(withoutName(action));
  // FireWorks' rocket, too, fails for anything that is no FWAction.
  throw new FiretaskError('RuntimeError', 'the Firetask returned something that is no FWAction');
}

/** FWAction.to_dict may name its class. */
function withoutName({ _fw_name: _, ...action }: ValueObject): ValueObject {
  return action;
}

function failure({ name, message, stack_trace: stackTrace, details }: ValueObject): FiretaskError {
  return new FiretaskError(String(name), String(message), {
    stackTrace: String(stackTrace),
    details: isObject(details) ? details : undefined,
  });
}
