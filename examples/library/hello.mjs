import { Firework, LaunchPad, rapidfire, ScriptTask, Workflow } from 'lpad';

const launchpad = await LaunchPad.open({ uri: 'db' });

const hello = new Firework(ScriptTask.fromString('echo "hello"'), { name: 'hello' });
const goodbye = new Firework(ScriptTask.fromString('echo "goodbye"'), { name: 'goodbye', parents: hello });
await launchpad.addWorkflow(new Workflow([hello, goodbye], { name: 'greetings' }));

const { launched, fizzled } = await rapidfire(launchpad);
console.log(`${launched} launched, ${fizzled} fizzled`);
const { state } = await launchpad.getFirework(goodbye.fwId);
console.log(`Firework ${goodbye.fwId} is ${state}`);

await launchpad.close();
