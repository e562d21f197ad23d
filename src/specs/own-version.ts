/** Which version of lpad this is, and where it is installed. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The same from src/ and from dist/. */
export const INSTALLED_IN = resolve(__dirname, '../..');

let known: string | undefined;

/** Of package.json, which is read once. */
export function ownVersion(): string {
  return (known ??= readVersion());
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(INSTALLED_IN, 'package.json'), 'utf8'));
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return hasVersion ? String(manifest.version) : 'unknown';
}
