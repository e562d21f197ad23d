/** `lpad track_fws`: the last lines of tracked files, in FireWorks' form. */
import { EXIT, type ExitStatus } from '../../../errors';
import { findTrackedFiles, type TrackedFirework } from '../../../launchpad/show/find-tracked-files';
import { pythonText } from '../../../specs/printing/python-text';
import type { TrackFwsArgs } from '../../commands/look/track-fws';
import { writeOut } from '../../io';
import { toFireworkSelection } from '../../options/selectors';
import { printItems } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  args: TrackFwsArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const selection = toFireworkSelection(args);
  const { include, exclude } = args;
  const wanted = (file: string): boolean =>
    (include.length === 0 || include.includes(file)) && !exclude.includes(file);
  const tracked = findTrackedFiles(await openStore(), selection, wanted);
  if (globals.output === 'json') {
    await printItems(io, toItems(tracked), globals);
    return EXIT.ok;
  }
  let separator = '';
  for await (const firework of tracked) {
    await writeOut(io, `${separator}${asText(firework)}`);
    separator = '>------<\n';
  }
  return EXIT.ok;
}

function asText({ fwId, name, files }: TrackedFirework): string {
  const head = `# FW id: ${fwId}, FW name=${pythonText(name)}\n`;
  const parts = files.map(
    ({ launchId, filename, content }) => `## Launch id: ${launchId}\n### Filename: ${filename}\n${content}\n`,
  );
  return head + parts.join('');
}

async function* toItems(tracked: AsyncIterable<TrackedFirework>): AsyncIterable<unknown> {
  for await (const { fwId, name, files } of tracked) {
    yield {
      fw_id: fwId,
      name,
      files: files.map(({ launchId, filename, content }) => ({ launch_id: launchId, filename, content })),
    };
  }
}
