/** `lpad version`: which version this is, and where it is installed. */
import { EXIT, type ExitStatus } from '../../errors';
import { INSTALLED_IN, ownVersion } from '../../specs/own-version';
import type { CommandContext } from '../program/define-command';
import { writeOut } from '../io';
import { printValue } from '../output/json';

export async function run(_args: unknown, { io, globals }: CommandContext): Promise<ExitStatus> {
  if (globals.output === 'json') {
    const version = { version: ownVersion(), located: INSTALLED_IN, node: process.version };
    await printValue(io, version, globals);
  } else {
    await writeOut(io, `${versionLine('lpad')}\n`);
  }
  return EXIT.ok;
}

/** FireWorks' line, so that scripts which look for it find it. */
export function versionLine(program: string): string {
  return `${program} v${ownVersion()} located in ${INSTALLED_IN}`;
}
