/** Firetasks of the user's own modules: every export that is a Firetask, or a list of them, counts. */
import { createRequire } from 'node:module';
import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LpadError, messageOf } from '../errors';
import type { DupeFinder } from '../launchpad/launches/dupe-finders';
import type { Firetask } from './define-firetask';

export interface ModuleSource {
  /** An absolute path, or the name of a package that is looked for from `from`. */
  readonly module: string;
  /** The configuration file that names it. */
  readonly from: string;
}

/** What modules define. */
export interface OwnDefinitions {
  readonly firetasks: readonly Firetask[];
  readonly dupeFinders: readonly DupeFinder[];
}

export async function loadDefinitions(sources: readonly ModuleSource[]): Promise<OwnDefinitions> {
  const firetasks = new Set<Firetask>();
  const dupeFinders = new Set<DupeFinder>();
  for (const source of sources) {
    const found = valuesIn(await load(source));
    const tasks = found.filter(isFiretask);
    const finders = found.filter(isDupeFinder);
    if (tasks.length + finders.length === 0) {
      throw new LpadError(
        'BAD_CONFIG',
        `${source.module} (firetasks in ${source.from}) exports no Firetask`,
        {
          hint: "export one that was made by defineFiretask({ name: …, run: … }) from 'lpad'",
        },
      );
    }
    for (const task of tasks) firetasks.add(task);
    for (const finder of finders) dupeFinders.add(finder);
  }
  return { firetasks: [...firetasks], dupeFinders: [...dupeFinders] };
}

async function load({ module, from }: ModuleSource): Promise<object> {
  try {
    const require = createRequire(resolve(from));
    const file = isAbsolute(module) ? module : require.resolve(module);
    return await importOrRequire(file, require);
  } catch (error) {
    throw new LpadError(
      'BAD_CONFIG',
      `the Firetasks in ${module} (firetasks in ${from}) cannot be loaded: ${messageOf(error)}`,
      { cause: error, ...hintFor(module, error) },
    );
  }
}

/** `import()` reads both kinds of modules; TypeScript leaves it as it is in the node16 module system. */
async function importOrRequire(file: string, require: NodeJS.Require): Promise<object> {
  try {
    return (await import(pathToFileURL(file).href)) as object;
  } catch (error) {
    if (codeOf(error) !== 'ERR_UNKNOWN_FILE_EXTENSION') throw error;
    try {
      // A loader that hooks into CommonJS alone, such as ts-node/register.
      return require(file) as object;
    } catch (second) {
      // Without a loader Node took it for JavaScript; with one, its complaint is the one that helps.
      const noLoader = second instanceof SyntaxError || codeOf(second) === 'ERR_REQUIRE_ESM';
      throw noLoader ? error : second;
    }
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function hintFor(module: string, error: unknown): { readonly hint?: string } {
  const code = codeOf(error);
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /[.][cm]?ts$/.test(module)) {
    return {
      hint: `compile it to JavaScript; or use Node 22.18 or later, which reads TypeScript (this is ${process.version}); or a loader: NODE_OPTIONS='--import tsx'`,
    };
  }
  if (code === 'MODULE_NOT_FOUND' && !isAbsolute(module) && /[.][cm]?[jt]s$/.test(module)) {
    return { hint: `a file beside the configuration is written ./${module}` };
  }
  return {};
}

/** A module of CommonJS comes with its exports under `default`, and perhaps once more by name. */
function valuesIn(module: object): readonly object[] {
  const found = new Set<object>();
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) for (const item of value) visit(item, depth - 1);
    else if (isFiretask(value) || isDupeFinder(value)) found.add(value);
    else if (depth > 0) for (const item of Object.values(value)) visit(item, depth - 1);
  };
  visit(module, 2);
  return [...found];
}

function isFiretask(value: object): value is Firetask {
  const { name, run } = value as Partial<Firetask>;
  return typeof name === 'string' && typeof run === 'function';
}

function isDupeFinder(value: object): value is DupeFinder {
  const { name, query } = value as Partial<DupeFinder>;
  return typeof name === 'string' && typeof query === 'function';
}
