import { planFinish } from '../../../src/domain/journal/finish-plan';
import { removal, removedBy } from '../../../src/domain/patch';
import { launch, NOW, workflow } from '../../support/workflow-builder';

test('a deletion that broke off takes a launch that its rocket has ended since', () => {
  const { workflow: made, fireworks } = workflow().node(1).state(1, 'RUNNING').launches(1, [1]).view();
  const running = launch(1, { fwId: 1, state: 'RUNNING' });
  const patch = {
    workflowKey: made.key,
    changes: [
      removal('fireworks', 1, { ...fireworks.get(1) }),
      removal('launches', 1, { ...running }),
      removal('workflows', made.key, { ...made }),
    ],
  };
  // The Firework is gone already.
  const launches = new Map([[1, launch(1, { fwId: 1, state: 'COMPLETED' })]]);
  const plan = planFinish({ workflow: made, fireworks: new Map(), launches }, patch, NOW);
  expect(plan.untouched).toBe(false);
  expect(plan.patch.changes.map(({ collection }) => collection)).toEqual(['launches', 'workflows']);
  const [ofLaunch] = plan.patch.changes;
  expect(ofLaunch && removedBy(ofLaunch)).toMatchObject({ launchId: 1, state: 'COMPLETED' });
});
