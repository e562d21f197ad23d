/** Fireworks that failed, in either store, and nights of `lpad recover` over them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Launch, ValueObject } from '../../../src/domain/model';
import { completeLaunch } from '../../../src/launchpad/launches/complete-launch';
import { createAction } from '../../../src/domain/actions/fw-action';
import type { UpkeepWorld } from '../upkeep/upkeep-world';

export interface NightResult {
  readonly status: number;
  /** `17 rerun rule`, with `!` for a canary. */
  readonly steps: readonly string[];
  readonly json: ValueObject;
  readonly err: string;
}

export interface RecoveryTools {
  /** Runs a Firework that fails with this error; without one it COMPLETED. */
  run(fwId: number, error?: string): Promise<Launch>;
  /** Each of these. */
  runAll(fwIds: readonly number[], error?: string): Promise<void>;
  /** `lpad recover` with this policy. */
  night(policy: object, ...argv: readonly string[]): Promise<NightResult>;
}

interface Step {
  readonly fw_id: number;
  readonly action: string;
  readonly canary: boolean;
  readonly why: string;
  readonly status: string;
}

export function recoveryTools({ store, folder, checkout, lpad }: UpkeepWorld): RecoveryTools {
  const run = async (fwId: number, error?: string): Promise<Launch> => {
    const launch = await checkout(fwId);
    const trace = `Traceback (most recent call last):\n  File "x.py", line 1\n${error ?? ''}\n`;
    const storedData = { _message: 'it failed', _exception: { _stacktrace: trace } };
    await completeLaunch(store, {
      launch,
      state: error === undefined ? 'COMPLETED' : 'FIZZLED',
      action: createAction(error === undefined ? {} : { stored_data: storedData }),
      endedOn: new Date(),
      now: () => new Date(),
    });
    return launch;
  };
  return {
    run,
    runAll: async (fwIds, error) => {
      for (const fwId of fwIds) await run(fwId, error);
    },
    night: async (policy, ...argv) => {
      const file = join(folder, 'recovery.json');
      writeFileSync(file, JSON.stringify(policy));
      const { status, out, err } = await lpad('recover', '--policy', file, '-o', 'json', ...argv);
      if (out === '') return { status, steps: [], json: {}, err };
      const json = JSON.parse(out) as ValueObject;
      const steps = (json['steps'] as readonly Step[]).map(
        ({ fw_id: id, action, canary, why, status: state }) =>
          `${String(id)} ${action}${canary ? '!' : ''} ${why}${state === 'failed' ? ' failed' : ''}`,
      );
      return { status, steps, json, err };
    },
  };
}
