import { LaunchPad } from 'lpad';

const launchpad = await LaunchPad.open({ uri: 'db' });
for (const { pattern, count } of await launchpad.failures()) console.log(`${count} x ${pattern}`);

// Or the path of a file: launchpad.recover('recovery.yaml').
const policy = {
  canary: 0,
  rules: [
    { name: 'no rerun helps', match: { error: 'Disk quota' }, do: 'quarantine' },
    { name: 'once more', match: {}, do: 'rerun', max_attempts: 2 },
  ],
};
const night = await launchpad.recover(policy, { key: 'monday' });
console.log(`${night.key}: ${night.status}`);
for (const { fwId, action, reason } of night.steps) console.log(`${fwId}: ${action}, ${reason}`);
for (const { fwId, rule } of await launchpad.quarantined()) console.log(`${fwId} is quarantined by ${rule}`);

const { totals, decisions } = await launchpad.lastRecovery();
console.log(`${totals.failures} failure, ${totals.actions.rerun} rerun`);
for (const { kind, fwIds } of decisions) console.log(`to decide: ${fwIds} ${kind}`);

const [{ fwId }] = await launchpad.quarantined();
const { quarantine, next } = await launchpad.explain(fwId);
console.log(quarantine.standing, next[0]);
await launchpad.releaseQuarantined({ ids: [fwId] });
console.log(`${(await launchpad.quarantined()).length} quarantined`);
await launchpad.close();
