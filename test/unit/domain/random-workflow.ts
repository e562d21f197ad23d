/** Random workflows for property tests: any DAG, any states, launches where a state has them. */
import fc from 'fast-check';
import type { WorkflowView } from '../../../src/domain/model';
import { STATES, type FireworkState } from '../../../src/domain/state';
import { workflow } from '../../support/workflow-builder';

const WITH_LAUNCH: readonly FireworkState[] = ['FIZZLED', 'RESERVED', 'RUNNING', 'COMPLETED'];

export interface RandomWorkflow {
  readonly view: WorkflowView;
  readonly targets: ReadonlySet<number>;
}

export function randomWorkflow(states: readonly FireworkState[] = STATES): fc.Arbitrary<RandomWorkflow> {
  return fc
    .record({
      members: fc.array(
        fc.record({
          state: fc.constantFrom(...states),
          archived: fc.integer({ min: 0, max: 3 }),
          tolerant: fc.boolean(),
          details: fc.boolean(),
          target: fc.boolean(),
        }),
        { minLength: 1, maxLength: 12 },
      ),
      edges: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 24 }),
    })
    .map(({ members, edges }) => {
      const builder = workflow();
      let launchId = 1;
      const targets = new Set<number>();
      for (const [index, member] of members.entries()) {
        const fwId = index + 1;
        builder.node(fwId, { state: member.state });
        const archived = Array.from({ length: member.archived }, () => launchId++).reverse();
        builder.launches(fwId, WITH_LAUNCH.includes(member.state) ? [launchId++] : [], archived);
        builder.spec(fwId, {
          ...(member.tolerant ? { _allow_fizzled_parents: true } : {}),
          ...(member.details ? { _exception_details: { why: 'broken' } } : {}),
        });
        if (member.target) targets.add(fwId);
      }
      const seen = new Set<string>();
      for (const [one, other] of edges) {
        const [low, high] = one < other ? [one, other] : [other, one];
        if (low === high || high >= members.length || seen.has(`${String(low)} ${String(high)}`)) continue;
        seen.add(`${String(low)} ${String(high)}`);
        builder.link(low + 1, high + 1);
      }
      return { view: builder.view(), targets };
    });
}
