/** Which Firetasks the chosen Python can run: asked before a Firework is claimed, since one that is claimed must be run. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PythonFeatures } from './python-options';

const QUESTION =
  'import importlib.util as u, json; print(json.dumps({m: u.find_spec(m) is not None for m in ("jinja2", "fireworks")}))';
const PATIENCE_MS = 20_000;

/** Undefined when there is no such Python, or it is too old (3.8). */
export async function findPython(command: string): Promise<PythonFeatures | undefined> {
  try {
    const { stdout } = await promisify(execFile)(
      command,
      ['-c', `import sys; assert sys.version_info >= (3, 8); ${QUESTION}`],
      {
        timeout: PATIENCE_MS,
      },
    );
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as PythonFeatures;
  } catch {
    return undefined;
  }
}
