/** What documents look like after a patch, for tests of planners: no store involved. */
import type { Firework, Workflow, WorkflowView } from '../../src/domain/model';
import { ABSENT, type DocumentChange, type WorkflowPatch } from '../../src/domain/patch';

type Tree = Record<string, unknown>;

/** The view after the patch; fails when a field is not what the patch says it was. */
export function applyPatch(view: WorkflowView, patch: WorkflowPatch): WorkflowView {
  const fireworks = new Map(view.fireworks);
  let { workflow } = view;
  for (const change of patch.changes) {
    if (change.collection === 'workflows') {
      const plain = { ...workflow, fwStates: Object.fromEntries(workflow.fwStates) };
      const after = applyChange(plain, change) as unknown as typeof plain;
      const fwStates = new Map(Object.entries(after.fwStates).map(([id, state]) => [Number(id), state]));
      workflow = { ...(after as unknown as Workflow), fwStates };
    } else {
      const firework = fireworks.get(Number(change.id));
      if (!firework) throw new Error(`the patch changes Firework ${String(change.id)}, which is not there`);
      fireworks.set(firework.fwId, applyChange(firework as unknown as Tree, change) as unknown as Firework);
    }
  }
  return { workflow, fireworks };
}

function applyChange(document: Tree, { fields }: DocumentChange): Tree {
  const copy = structuredClone(document);
  for (const { path, before, after } of fields) {
    let holder: Tree = copy;
    for (const key of path.slice(0, -1)) holder = holder[key] as Tree;
    const last = path.at(-1) ?? '';
    expect(Object.hasOwn(holder, last) ? holder[last] : ABSENT).toStrictEqual(before);
    if (after === ABSENT) delete holder[last];
    else holder[last] = after;
  }
  return copy;
}
