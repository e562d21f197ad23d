/** `_env` is that of a whole run: what a Firework of it creates belongs to the run as well. */
import type { FWAction } from '../../domain/actions/fw-action';
import { isObject, type Value, type ValueObject } from '../../domain/model';

/** The action with `_env` in every Firework that it brings; what these have of their own counts more. */
export function withInheritedEnv(action: FWAction, spec: ValueObject): FWAction {
  const env = spec['_env'];
  const { detours, additions, append_wfs } = action;
  if (!isObject(env) || detours.length + additions.length + append_wfs.length === 0) return action;
  const inherit = (item: Value): Value => inWorkflow(item, env);
  return {
    ...action,
    detours: detours.map(inherit),
    additions: additions.map(inherit),
    append_wfs: append_wfs.map((item) =>
      isObject(item) ? { ...item, workflow: inherit(item['workflow']) } : item,
    ),
  };
}

/** Growth stands in an action as whole workflows (specs/workflow-files/growth.ts). */
function inWorkflow(item: Value, env: ValueObject): Value {
  if (!isObject(item) || !Array.isArray(item['fws'])) return item;
  return { ...item, fws: item['fws'].map((firework: Value) => inFirework(firework, env)) };
}

function inFirework(firework: Value, env: ValueObject): Value {
  if (!isObject(firework) || !isObject(firework['spec'])) return firework;
  const { spec } = firework;
  const own = isObject(spec['_env']) ? spec['_env'] : {};
  return { ...firework, spec: { ...spec, _env: { ...env, ...own } } };
}
