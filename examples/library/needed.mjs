import { LaunchPad, restartNeeded, runParamsForRestart } from 'lpad';

const launchpad = await LaunchPad.open({ uri: 'db' });
for await (const echo of launchpad.findFireworks({ where: { name: 'echo' } })) {
  console.log(runParamsForRestart(echo));
  console.log(restartNeeded(echo, { x: 1.5, y: 2, z: 'a' }), restartNeeded(echo, { x: 1.5, y: 2 }));
}
const { counts } = await launchpad.rerunFireworks({ where: { name: 'echo' } }, { needed: true });
console.log(`${counts.rerun} rerun, ${counts.skipped} skipped`);
await launchpad.close();
