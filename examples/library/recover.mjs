import { LaunchPad } from 'lpad';

const launchpad = await LaunchPad.open({ uri: 'db' });
const fizzled = { where: { state: 'FIZZLED' } };

const preview = await launchpad.rerunFireworks(fizzled, { dryRun: true });
for (const { fwId, name, from, to } of preview.targets) console.log(`${name} (${fwId}): ${from} -> ${to}`);

const report = await launchpad.rerunFireworks(fizzled);
console.log(report.counts);

const { fireworks } = await launchpad.undo(report.journalId);
console.log(`taken back: ${fireworks.length}`);
await launchpad.close();
