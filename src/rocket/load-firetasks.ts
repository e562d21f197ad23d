/** Firetasks of the user's own modules: every export that is a Firetask, or a list of them, counts. */
import { isAbsolute, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { LpadError, messageOf } from '../errors';
import type { Firetask } from './define-firetask';

/** `modules` are absolute paths, or names of packages that are looked for from `from`, a folder. */
export async function loadFiretasks(modules: readonly string[], from: string): Promise<readonly Firetask[]> {
  const firetasks: Firetask[] = [];
  for (const name of modules) {
    const found = firetasksIn(await load(name, from));
    if (found.length === 0) {
      throw new LpadError('BAD_CONFIG', `${name} exports no Firetask`, {
        hint: "export one that was made by defineFiretask({ name: …, run: … }) from 'lpad'",
      });
    }
    firetasks.push(...found);
  }
  return firetasks;
}

async function load(name: string, from: string): Promise<object> {
  try {
    const file = isAbsolute(name) ? name : createRequire(join(from, 'FW_config.yaml')).resolve(name);
    // `import()` reads both kinds of modules; TypeScript leaves it as it is in the node16 module system.
    return (await import(pathToFileURL(file).href)) as object;
  } catch (error) {
    throw new LpadError('BAD_CONFIG', `the Firetasks in ${name} cannot be loaded: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** A module of CommonJS comes with its exports under `default`, and perhaps once more by name. */
function firetasksIn(module: object): readonly Firetask[] {
  const found = new Set<Firetask>();
  const visit = (value: unknown, depth: number): void => {
    if (isFiretask(value)) found.add(value);
    else if (Array.isArray(value)) for (const item of value) visit(item, depth - 1);
    else if (depth > 0 && typeof value === 'object' && value !== null) {
      for (const item of Object.values(value)) visit(item, depth - 1);
    }
  };
  visit(module, 2);
  return [...found];
}

function isFiretask(value: unknown): value is Firetask {
  if (typeof value !== 'object' || value === null) return false;
  const { name, run } = value as Partial<Firetask>;
  return typeof name === 'string' && typeof run === 'function';
}
