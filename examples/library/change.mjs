import { Firework, LaunchPad, rapidfire, ScriptTask, Workflow } from 'lpad';

const launchpad = await LaunchPad.open({ uri: 'db' });
const first = new Firework(ScriptTask.fromString('echo "first"'), { name: 'first' });
const second = new Firework(ScriptTask.fromString('echo "second"'), { name: 'second', parents: first });
await launchpad.addWorkflow(new Workflow([first, second], { name: 'both' }));

const paused = await launchpad.pauseFireworks({ ids: [second.fwId] });
for (const { name, from, to } of paused.targets) console.log(`${name}: ${from} -> ${to}`);
await launchpad.updateFireworks({ where: { name: 'second' } }, { '_tasks.0.script': 'echo "changed"' });
await launchpad.setPriority({ ids: [first.fwId] }, 10);
const third = new Firework(ScriptTask.fromString('echo "third"'), { name: 'third' });
await launchpad.appendWorkflow(third, [second.fwId]);
await launchpad.resumeFireworks({ where: { state: 'PAUSED' } });
await rapidfire(launchpad);

const { journalId, workflows } = await launchpad.deleteWorkflows({ members: [first.fwId] });
console.log(`deleted: ${workflows[0].fwIds}`);
await launchpad.undo(journalId);
console.log(`${third.name} is ${(await launchpad.getFirework(third.fwId)).state}`);
await launchpad.close();
