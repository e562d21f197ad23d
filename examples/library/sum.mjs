import { defineFiretask, Firework, FiretaskSpec, FWAction, LaunchPad, rapidfire, Workflow } from 'lpad';

/** Adds the numbers of its spec, and hands the sum to its children. */
const addition = defineFiretask({
  name: 'Addition Task',
  run: ({ spec }) => {
    const sum = spec.input_array.reduce((one, other) => one + other, 0);
    return new FWAction({
      stored_data: { sum },
      mod_spec: { _push: { input_array: sum } },
    });
  },
});

const launchpad = await LaunchPad.open({ uri: 'db' });
const add = new FiretaskSpec('Addition Task');
const one = new Firework(add, { name: 'one', spec: { input_array: [1, 1] } });
const two = new Firework(add, { name: 'two', spec: { input_array: [10] }, parents: one });
await launchpad.addWorkflow(new Workflow([one, two], { name: 'sums' }));
await rapidfire(launchpad, { firetasks: [addition] });

const { spec } = await launchpad.getFirework(two.fwId);
console.log(`two added ${spec.input_array.join(' and ')}`);
await launchpad.close();
