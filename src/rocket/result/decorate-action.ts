/** What a rocket adds to the final action, COMPLETED or FIZZLED, because the spec asks for it (semantics.md, §8). */
import type { FWAction } from '../../domain/actions/fw-action';
import type { Firework, Value, ValueObject } from '../../domain/model';
import { isTruthy } from '../../domain/workflow-draft';
import { equalValues } from '../../specs/dict-mods/dict-mods-values';
import { filesOutMods } from '../directory/pass-files';
import { withInheritedEnv } from './inherit-env';

export interface Decoration {
  /** As the last Firetask left it. */
  readonly spec: ValueObject;
  readonly firework: Firework;
  readonly workerName: string;
  readonly launchDir: string;
}

export async function decorateAction(action: FWAction, facts: Decoration): Promise<FWAction> {
  const { spec, firework, workerName, launchDir } = facts;
  const worker = isTruthy(spec['_preserve_fworker']) ? { _fworker: workerName } : {};
  return {
    ...withInheritedEnv(action, firework.spec),
    update_spec: { ...action.update_spec, ...worker },
    mod_spec: [...action.mod_spec, ...jobInfoMods(facts), ...(await filesOutMods(spec, launchDir))],
  };
}

function jobInfoMods({ spec, firework, launchDir }: Decoration): readonly Value[] {
  if (!isTruthy(spec['_pass_job_info'])) return [];
  const known: readonly Value[] = Array.isArray(spec['_job_info']) ? spec['_job_info'] : [];
  const { fwId, name, state } = firework;
  const mine = { fw_id: fwId, name, launch_dir: launchDir, state };
  const all = known.some((one) => equalValues(one, mine)) ? known : [...known, mine];
  return [{ _push_all: { _job_info: all } }];
}
