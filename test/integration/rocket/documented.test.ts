/** Each example of docs/firetasks.md is a workflow that can be added and run as it stands. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { pythonFiretasks } from '../../../src/rocket/firetasks/python/python-firetasks';
import { rapidfire } from '../../../src/rocket/rapidfire';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { createEmbeddedStore } from '../../../src/storage/embedded/embedded-store';
import { temporaryFolder } from '../../support/temporary-folder';
import { WORKER } from './rocket-world';

const TEXT = readFileSync(resolve(__dirname, '../../../docs/firetasks.md'), 'utf8');

/** With the heading that it stands under. */
const EXAMPLES = TEXT.split(/^## /m).flatMap((section): readonly [string, string][] => {
  const heading = section.split('\n', 1)[0] ?? '';
  const blocks = [...section.matchAll(/^```yaml\n([\s\S]*?)^```/gm)];
  return blocks.map(([, block = '']) => [heading, block]);
});

describe('the examples of docs/firetasks.md', () => {
  const folder = temporaryFolder();
  const store = createEmbeddedStore({ folder: join(folder, 'store') });
  const log: string[] = [];
  beforeAll(() => store.open());
  beforeEach(() => store.reset());
  afterAll(() => store.close());

  const options = { command: 'python3', startedIn: folder, firetasks: [] };
  const registry = createFiretaskRegistry(pythonFiretasks(options, { jinja2: true, fireworks: false }));

  it.each(EXAMPLES)('runs: %s', async (heading, text) => {
    if (heading === 'TemplateWriterTask' && !hasJinja()) {
      expect(registry.names).toContain('TemplateWriterTask');
      return;
    }
    const source = {
      file: 'f.yaml',
      format: 'yaml',
      now: new Date(),
      checkTask: registry.problemsOf,
    } as const;
    await addWorkflows(store, parseWorkflowFile(text, source));
    const say = (message: string): void => void log.push(message);
    await rapidfire({
      store,
      worker: WORKER,
      registry,
      folder,
      nlaunches: 0,
      sleepSecs: 1,
      logger: { debug: say, info: say, warn: say, error: say },
      signal: new AbortController().signal,
      localRedirect: true,
    });
    const states: unknown[] = [];
    for await (const { state } of store.findFireworks({ where: {} }, 'summary')) states.push(state);
    expect({ states, log: states.every((state) => state === 'COMPLETED') ? '' : log.join('\n') }).toEqual({
      states: states.map(() => 'COMPLETED'),
      log: '',
    });
    expect(states.length).toBeGreaterThan(0);
  });
});

function hasJinja(): boolean {
  try {
    execFileSync('python3', ['-c', 'import jinja2'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
