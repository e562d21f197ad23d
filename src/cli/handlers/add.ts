/** `lpad add`: files to workflows, all checked before the first is stored. */
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import type { NewWorkflow } from '../../domain/model';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../errors';
import { loadFwConfig } from '../../config/fw-config';
import { loadLaunchPadConfig } from '../../config/launchpad-config';
import { addWorkflows, type AddedWorkflow } from '../../launchpad/add-workflows';
import type { FiretaskRegistry } from '../../rocket/firetask-registry';
import { nearName } from '../../specs/near-name';
import { parseWorkflowFile } from '../../specs/workflow-files/workflow-file';
import type { AddArgs } from '../commands/add';
import type { CommandContext } from '../program/define-command';
import { writeOut, type Io } from '../io';
import { knownFiretasks } from './configured-firetasks';

const FORMATS: Readonly<Record<string, 'json' | 'yaml'>> = {
  '.json': 'json',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

interface FileDrafts {
  readonly file: string;
  readonly drafts: readonly NewWorkflow[];
}

export async function run(args: AddArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals, openStore } = context;
  const paths = args.dir ? await filesIn(args.wfFile, io.cwd) : args.wfFile;
  const registry = await configuredFiretasks(context);
  const files: FileDrafts[] = [];
  for (const file of paths) files.push({ file, drafts: await readDrafts(file, io, registry) });
  warnOfMisspelled(files, registry, context);
  const store = await openStore();
  const added = await addWorkflows(
    store,
    files.flatMap(({ drafts }) => drafts),
  );
  await writeOut(io, globals.output === 'json' ? await asJson(added) : asText(added));
  return EXIT.ok;
}

async function filesIn(folders: readonly string[], cwd: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    const names = await readdir(resolve(cwd, folder)).catch((error: unknown) => {
      throw new LpadError('BAD_WORKFLOW', `cannot read the folder ${folder}: ${messageOf(error)}`, {
        cause: error,
      });
    });
    found.push(
      ...names
        .filter((name) => extname(name) in FORMATS)
        .sort()
        .map((name) => join(folder, name)),
    );
  }
  if (found.length === 0) {
    throw new LpadError('BAD_WORKFLOW', `no .yaml, .yml or .json file in ${folders.join(', ')}`);
  }
  return found;
}

/** Those that the configuration knows: their parameters are checked. */
async function configuredFiretasks({ io, globals }: CommandContext): Promise<FiretaskRegistry> {
  const { env, cwd, home } = io;
  const options = { file: globals.launchpadFile, configDir: globals.configDir, env, cwd, home };
  const config = await loadFwConfig(options);
  return knownFiretasks(config, await loadLaunchPadConfig(options, config), io);
}

/** A rocket of Python's may know what is not known here; but a name that is nearly a known one is a slip. */
function warnOfMisspelled(
  files: readonly FileDrafts[],
  registry: FiretaskRegistry,
  { warn }: CommandContext,
): void {
  for (const { file, drafts } of files) {
    const specs = drafts.flatMap(({ fireworks }) => fireworks.map(({ spec }) => spec));
    for (const name of new Set(specs.flatMap(registry.unknownIn))) {
      const meant = nearName(name, registry.names);
      if (meant !== undefined)
        warn(
          `${file}: no Firetask ${name} is known here; did you mean ${meant}? Only a rocket that knows it will run it`,
        );
    }
  }
}

async function readDrafts(
  file: string,
  { cwd, now }: Pick<Io, 'cwd' | 'now'>,
  { problemsOf }: FiretaskRegistry,
): Promise<readonly NewWorkflow[]> {
  const format = FORMATS[extname(file).toLowerCase()];
  if (!format) {
    throw new LpadError('BAD_WORKFLOW', `${file}: a workflow file ends in .yaml, .yml or .json`);
  }
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    throw new LpadError('BAD_WORKFLOW', `cannot read ${file}: ${whyUnreadable(error)}`, { cause: error });
  });
  return parseWorkflowFile(text, { file, format, now: now(), checkTask: problemsOf });
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder (lpad add -d adds the files in it)';
  if (code === 'EACCES') return 'permission denied';
  return messageOf(error);
}

/** FireWorks' line, one per workflow. */
function asText(added: readonly AddedWorkflow[]): string {
  return added
    .map(({ name, idMap }) => {
      const pairs = [...idMap].map(([from, to]) => `${String(from)}: ${String(to)}`);
      return `Added a workflow. ${name}, id_map: {${pairs.join(', ')}}\n`;
    })
    .join('');
}

async function asJson(added: readonly AddedWorkflow[]): Promise<string> {
  const { toJsonText } = await import('../../specs/printing/print-json.js');
  const items = added.map(({ name, idMap }) => ({
    name,
    id_map: Object.fromEntries([...idMap].map(([from, to]) => [String(from), to])),
  }));
  return `${toJsonText(items)}\n`;
}
