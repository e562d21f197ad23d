import { defineFiretask, Firework, FiretaskSpec, LaunchPad, rapidfire, runContext } from 'lpad';

/** Far from the Firetask, and without being handed anything. */
function nameOfResult() {
  const { rootId, runId, fwId, launchId } = runContext();
  return `results/${rootId}/${runId}/${fwId}-${launchId}`;
}

const where = defineFiretask({ name: 'WhereTask', run: () => console.log(nameOfResult()) });

const launchpad = await LaunchPad.open({ uri: 'db' });
await launchpad.addWorkflow(new Firework(new FiretaskSpec('WhereTask')));
await rapidfire(launchpad, { firetasks: [where] });
try {
  runContext();
} catch (error) {
  console.log(error.code);
}
await launchpad.close();
