/** `lpad explain`: why a Firework is in its state. */
import { loadFwConfig } from '../../../config/fw-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { explainFirework } from '../../../launchpad/explain/explain-firework';
import { createRunContext } from '../../../launchpad/run-context';
import type { ExplainArgs } from '../../commands/look/explain';
import { writeOut } from '../../io';
import { explanationJson, explanationText } from '../../output/recovery/explanation';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  { fwId }: ExplainArgs,
  { io, globals, openStore, commandLine, say }: CommandContext,
): Promise<ExitStatus> {
  if (fwId === undefined) throw new LpadError('USAGE', 'say which Firework', { hint: 'lpad explain -i 7' });
  const { env, cwd, home } = io;
  const { RUN_EXPIRATION_SECS: expirationSecs } = await loadFwConfig({ env, cwd, home });
  const store = await openStore();
  const context = createRunContext({ operation: 'explain', commandLine, now: () => io.now() });
  const explained = await explainFirework(store, { fwId, expirationSecs }, context);
  if (globals.output === 'json' || globals.output === 'yaml')
    await printValue(io, explanationJson(explained), globals);
  else {
    await writeOut(io, await explanationText(explained));
    for (const command of explained.next) say(`next: ${command}`);
  }
  return EXIT.ok;
}
