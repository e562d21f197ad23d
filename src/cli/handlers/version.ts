/** `lpad version`: which version this is, and where it is installed. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT, type ExitStatus } from '../../errors';
import type { CommandContext } from '../program/define-command';
import { writeOut } from '../io';
import { printValue } from '../output/json';

/** The same from src/ and from dist/. */
const HOME = resolve(__dirname, '../../..');

export async function run(_args: unknown, { io, globals }: CommandContext): Promise<ExitStatus> {
  if (globals.output === 'json') {
    await printValue(io, { version: versionNumber(), located: HOME, node: process.version }, globals);
  } else {
    await writeOut(io, `${versionLine('lpad')}\n`);
  }
  return EXIT.ok;
}

/** FireWorks' line, so that scripts which look for it find it. */
export function versionLine(program: string): string {
  return `${program} v${versionNumber()} located in ${HOME}`;
}

function versionNumber(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
