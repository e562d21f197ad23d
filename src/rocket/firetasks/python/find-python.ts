/** Which Firetasks the chosen Python can run: asked before a Firework is claimed, since one that is claimed must be run. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../../../errors';
import type { PythonFeatures } from './python-options';

const QUESTION =
  'import importlib.util as u, json; print(json.dumps({m: u.find_spec(m) is not None for m in ("jinja2", "fireworks")}))';
const PATIENCE_MS = 20_000;

/** Python 3.8 or later with these features, or why there is none. */
export type FoundPython = PythonFeatures | { readonly problem: string };

export async function findPython(command: string): Promise<FoundPython> {
  try {
    const program = `import sys; assert sys.version_info >= (3, 8), "it is too old"; ${QUESTION}`;
    const { stdout } = await promisify(execFile)(command, ['-c', program], { timeout: PATIENCE_MS });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PythonFeatures;
  } catch (error) {
    return { problem: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown };
  if (code === 'ENOENT') return 'there is no such program';
  const said = typeof stderr === 'string' ? stderr.trim().split('\n').at(-1) : undefined;
  return said || messageOf(error);
}
