/** `lpad add_scripts`: shell commands to a workflow that runs them one after the other. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { addWorkflows } from '../../../launchpad/add-workflows';
import { workflowsOf } from '../../../specs/workflow-files/workflow-file';
import type { AddScriptsArgs } from '../../commands/transfer/add-scripts';
import { printAdded } from '../../output/changes/added-workflows';
import type { CommandContext } from '../../program/define-command';

export async function run(
  args: AddScriptsArgs,
  { io, globals, openStore, warn }: CommandContext,
): Promise<ExitStatus> {
  const scripts = splitScripts(args.scripts, args.delimiter);
  if (args.names.length > 0) checkNames(args.names, scripts, warn);
  const drafts = workflowsOf(workflowOf(scripts, args), { named: 'the scripts', now: io.now() });
  await printAdded(io, await addWorkflows(await openStore(), drafts), globals);
  return EXIT.ok;
}

function splitScripts(words: readonly string[], delimiter: string | undefined): readonly string[] {
  if (delimiter === '') throw new LpadError('USAGE', '-d: an empty text separates nothing');
  const scripts = delimiter === undefined ? words : words.flatMap((word) => word.split(delimiter));
  const written = delimiter === undefined ? scripts : scripts.map((one) => one.trim()).filter(Boolean);
  if (written.length === 0 || written.some((one) => one.trim() === ''))
    throw new LpadError('USAGE', 'add_scripts: an empty text is no script; nothing was added');
  return written;
}

function checkNames(
  names: readonly string[],
  scripts: readonly string[],
  warn: (line: string) => void,
): void {
  if (names.length < scripts.length) {
    throw new LpadError(
      'USAGE',
      `-n: ${scripts.length} scripts need as many names, not ${names.length}; nothing was added`,
      { hint: "lpad add_scripts './relax.sh' './static.sh' -n relax static" },
    );
  }
  const left = names.slice(scripts.length);
  if (left.length > 0) warn(`there is no script for the name ${left.join(', ')}`);
}

/** As FireWorks stores it: the text itself, for a shell. */
function workflowOf(scripts: readonly string[], { names, wfName }: AddScriptsArgs): object {
  return {
    name: wfName ?? names[0] ?? null,
    metadata: {},
    fws: scripts.map((script, index) => ({
      fw_id: index,
      name: names[index] ?? null,
      spec: { _tasks: [{ script, use_shell: true, _fw_name: 'ScriptTask' }] },
    })),
    links: Object.fromEntries(scripts.slice(1).map((_, index) => [String(index), [index + 1]])),
  };
}
