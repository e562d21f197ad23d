import { LaunchPad } from 'lpad';

const from = await LaunchPad.open({ uri: 'db' });
const lines = [];
await from.exportDocuments({ write: (line) => void lines.push(line) });
await from.close();

const to = await LaunchPad.open({ uri: 'other' });
const { counts } = await to.importDocuments({ lines: () => lines });
console.log(counts);
const { launchIds } = await to.detectLostRuns({ expirationSecs: 3600 });
console.log(`lost runs: ${launchIds.length}`);
await to.close();
