import { LaunchPad, rapidfire } from 'lpad';

const launchpad = await LaunchPad.open({ uri: 'greetings' });

const run = await launchpad
  .withRunContext({ name: 'night shift', envVars: { GREETING: 'good evening' }, labels: { team: 'blue' } })
  .rerun(1, { inputs: { who: 'moon' } });
console.log(`run ${run.id}`);

await rapidfire(launchpad);
console.log(await run.wait());
const { say } = await run.outputs();
console.log(say.stored_data.stdout.trim());
for await (const line of run.logs()) console.log(line);

await launchpad.rerun(1, { inputs: { who: '' } }).catch(({ code, message }) => console.log(code, message));
await launchpad.close();
