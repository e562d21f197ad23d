/** Which run a Firetask belongs to: `runContext()` for those in JavaScript, `LPAD_…` variables for programs. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { LpadError } from '../errors';

export interface CurrentRun {
  /** The workflow, by its lowest fw_id; undefined in an offline run, which does not know its workflow. */
  readonly runId: number | undefined;
  /** The first workflow of a family of new runs; the run itself when it is no new run of another. */
  readonly rootId: number | undefined;
  readonly fwId: number;
  readonly launchId: number;
}

/** The Firetasks of a user may import another copy of this package than the rocket that runs them. */
const KEY = Symbol.for('lpad.current-run');

function storage(): AsyncLocalStorage<CurrentRun> {
  const shared = globalThis as unknown as Record<symbol, AsyncLocalStorage<CurrentRun> | undefined>;
  return (shared[KEY] ??= new AsyncLocalStorage<CurrentRun>());
}

export function withinRun<T>(run: CurrentRun, work: () => Promise<T>): Promise<T> {
  return storage().run(run, work);
}

/** What the running Firetask belongs to. Throws {@link LpadError} NO_FIRETASK where none runs. */
export function runContext(): CurrentRun {
  const run = storage().getStore();
  if (run) return run;
  throw new LpadError('NO_FIRETASK', 'runContext() was called where no Firetask runs', {
    hint: 'call it in the run function of a Firetask, or in what that calls',
  });
}

/** For the environment of what a Firetask starts; what is not known is not there, not even from an outer rocket. */
export function runVariables(): Readonly<Record<string, string | undefined>> {
  const run = storage().getStore();
  if (!run) return {};
  const text = (id: number | undefined): string | undefined => (id === undefined ? undefined : String(id));
  return {
    LPAD_RUN_ID: text(run.runId),
    LPAD_ROOT_ID: text(run.rootId),
    LPAD_FW_ID: text(run.fwId),
    LPAD_LAUNCH_ID: text(run.launchId),
  };
}
