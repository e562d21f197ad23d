/** What a Firetask is given, in a folder of a test. */
import type { ValueObject } from '../../../../src/domain/model';
import type { FiretaskContext } from '../../../../src/rocket/define-firetask';

export interface TestContext {
  readonly context: FiretaskContext;
  /** What it logged, `level message`. */
  readonly log: readonly string[];
}

export function firetaskContext(
  launchDir: string,
  parameters: ValueObject,
  { spec = {}, signal }: { readonly spec?: ValueObject; readonly signal?: AbortSignal } = {},
): TestContext {
  const log: string[] = [];
  const say = (level: string) => (message: string) => void log.push(`${level} ${message}`);
  const context: FiretaskContext = {
    parameters,
    spec,
    typed: { parameters, spec },
    launchDir,
    fwId: 1,
    launchId: 1,
    env: {},
    worker: { name: 'w', category: '', query: '{}' },
    storedData: {},
    logger: { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') },
    output: { stdout: 2, writeStderr: () => undefined },
    signal: signal ?? new AbortController().signal,
  };
  return { context, log };
}
