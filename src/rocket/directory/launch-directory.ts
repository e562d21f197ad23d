/** Where a launch runs: the rocket's directory, `spec._launch_dir`, or that of the launch which it recovers. */
import { mkdir, readdir, realpath, rmdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Firework, Launch, ValueObject } from '../../domain/model';
import { fireworkFileForm } from '../../specs/printing/file-form';
import { toJsonText } from '../../specs/printing/print-json';
import { toYamlText } from '../../specs/printing/print-yaml';
import { assertPreviousDir, type Recovery } from './recovery';

/** The directory to run in; it exists afterwards. */
export async function enterLaunchDir(
  spec: ValueObject,
  recovery: Recovery | undefined,
  given: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if (recovery?.mode === 'prev_dir') {
    // Not made anew when it is gone: an empty directory is not what the Firetasks left.
    await assertPreviousDir(recovery);
    return recovery.previousDir;
  }
  const wanted = spec['_launch_dir'];
  if (typeof wanted !== 'string' || wanted === '') return given;
  // FireWorks fails for a relative path.
  const target = resolve(given, expandVariables(wanted, env));
  await mkdir(target, { recursive: true });
  return (await sameDirectory(target, given)) ? given : target;
}

/** `$NAME` and `${NAME}`; a variable that is not set stays as it is written. */
export function expandVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(
    /\$(\w+|\{[^}]*\})/g,
    (written, name: string) => env[name.replace(/[{}]/g, '')] ?? written,
  );
}

async function sameDirectory(one: string, other: string): Promise<boolean> {
  return (await realpath(one)) === (await realpath(other));
}

/** FireWorks' REMOVE_USELESS_DIRS. Where the user stands is left alone: a shell without a directory is of no use. */
export async function removeIfEmpty(directory: string): Promise<boolean> {
  try {
    if (directory === process.cwd() || (await readdir(directory)).length > 0) return false;
    await rmdir(directory);
    return true;
  } catch {
    return false;
  }
}

/** The Firework as FW.json and FW.yaml, for people and for Firetasks of other languages. */
export async function writeFireworkFiles(
  launchDir: string,
  formats: readonly ('json' | 'yaml')[],
  firework: Firework,
  launches: ReadonlyMap<number, Launch>,
): Promise<void> {
  const form = fireworkFileForm(firework, launches);
  for (const format of formats) {
    const text = format === 'json' ? toJsonText(form) : toYamlText(form);
    await writeFile(join(launchDir, `FW.${format}`), text);
  }
}
