/** `lpad add`: files to workflows, all checked before the first is stored. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { NewWorkflow } from '../../domain/model';
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import { addWorkflows } from '../../launchpad/add-workflows';
import { cacheWarnings, withCacheNamespace } from '../../launchpad/cache/cache-namespace';
import { formatOfFile } from '../../specs/workflow-files/located-document';
import type { AddArgs } from '../commands/add';
import type { CommandContext } from '../program/define-command';
import { printAdded } from '../output/changes/added-workflows';
import { knownFiretasks, warnOfMisspelled } from './configured-firetasks';
import { readWorkflowFile, whyUnreadable } from './read-workflow-file';

export async function run(args: AddArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, openStore } = context;
  refuseLocal(args);
  if (args.rerunFrom !== undefined)
    return (await import('./rerun/add-definition.js')).run(args, args.rerunFrom, context);
  const paths = args.dir ? await filesIn(args.wfFile, context) : args.wfFile;
  const registry = await knownFiretasks(context);
  const drafts: NewWorkflow[] = [];
  for (const file of paths) {
    const found = await readWorkflowFile(file, { ...args, checkTask: registry.problemsOf }, io);
    for (const draft of found) drafts.push(inNamespace(draft, args, context));
    warnOfMisspelled(file, found, registry, context);
  }
  const added = await addWorkflows(await openStore(), drafts);
  await printAdded(io, added, globals);
  return EXIT.ok;
}

/** Who comes from Flyte knows it as a way to run without the server. */
function refuseLocal({ local, rerunFrom }: AddArgs): void {
  if (!local) return;
  const what =
    rerunFrom === undefined
      ? '--local: what is added goes to the database, and runs wherever a rocket is'
      : `--local and --rerun-from exclude each other: the inputs of ${String(rerunFrom)} are in the database, and the run goes there`;
  throw new LpadError('USAGE', what, { hint: 'without --local, and then rlaunch rapidfire to run it here' });
}

function inNamespace(draft: NewWorkflow, { cacheNamespace }: AddArgs, { warn }: CommandContext): NewWorkflow {
  const workflow = cacheNamespace === undefined ? draft : withCacheNamespace(draft, cacheNamespace);
  for (const warning of cacheWarnings(workflow)) warn(warning);
  return workflow;
}

async function filesIn(folders: readonly string[], { io, warn }: CommandContext): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const entries = await readdir(resolve(io.cwd, folder), { withFileTypes: true }).catch(
      (error: unknown) => {
        throw new LpadError('BAD_WORKFLOW', `cannot read the folder ${folder}: ${whyUnreadable(error)}`, {
          cause: error,
        });
      },
    );
    const paths = entries
      .filter((entry) => !entry.isDirectory() && formatOfFile(entry.name))
      .map(({ name }) => join(folder, name))
      .sort();
    found.push(...paths);
    warnOfOthers(folder, entries, warn);
  }
  if (found.length === 0) {
    throw new LpadError('BAD_WORKFLOW', `no .yaml, .yml or .json file in ${folders.join(', ')}`);
  }
  return found;
}

/** What the user may believe to be added. FireWorks ends in the middle when it comes to one of these. */
function warnOfOthers(folder: string, entries: readonly Dirent[], warn: (line: string) => void): void {
  const others = entries.filter(({ name }) => !name.startsWith('.'));
  const folders = others.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const files = others
    .filter((entry) => !entry.isDirectory() && !formatOfFile(entry.name))
    .map(({ name }) => name);
  if (folders.length > 0)
    warn(`${folder}: folders in it are left out: ${shortList(folders)} (lpad add -d adds each)`);
  if (files.length > 0) warn(`${folder}: no workflow files, left out: ${shortList(files)}`);
}

const MOST_NAMES = 5;

function shortList(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : '';
  return `${names.toSorted().slice(0, MOST_NAMES).join(', ')}${more}`;
}
