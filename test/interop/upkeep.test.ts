/** Lost runs, reservations and stale states that Python left: both programs mend them in the same way. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { main } from '../../src/cli/main';
import { fakeIo } from '../support/fake-io';
import { freshDatabase, mongoUri, type TestDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, runPeer, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

/** 1 lost -> 2 (tolerant); 3 lost, on its second launch; 4 RESERVED long ago, 5 lately; 6 RUNNING, though its launch ended. */
const STATE = `
import sys
from datetime import datetime, timedelta
from fireworks import Firework, FWAction, FWorker, LaunchPad, ScriptTask, Workflow
lp = LaunchPad.from_file(sys.argv[1])
lp.reset("", require_password=False)
task = lambda: [ScriptTask.from_str("true")]
a, b = Firework(task(), fw_id=-2), Firework(task(), spec={"_allow_fizzled_parents": True}, fw_id=-1)
lp.add_wf(Workflow([a, b], {a: [b]}))
for _ in range(4):
    lp.add_wf(Firework(task()))
def age(launch_id, hours):
    launch = lp.launches.find_one({"launch_id": launch_id})
    for entry in launch["state_history"]:
        for key in {"created_on", "updated_on"} & set(entry):
            entry[key] = (datetime.fromisoformat(entry[key]) - timedelta(hours=hours)).isoformat()
    launch["time_start"] = launch["state_history"][0]["created_on"]
    lp.launches.replace_one({"_id": launch["_id"]}, launch)
def checkout(fw_id, hours, state="RUNNING"):
    _, launch_id = lp.checkout_fw(FWorker(), "/tmp", fw_id=fw_id, state=state)
    age(launch_id, hours)
    return launch_id
checkout(1, 10)
checkout(3, 20)
lp.rerun_fw(3)
checkout(3, 10)
lp.set_reservation_id(checkout(4, 400, "RESERVED"), 4711)
lp.set_reservation_id(checkout(5, 1, "RESERVED"), 4712)
lp.complete_launch(checkout(6, 0), FWAction(stored_data={"x": 1}), "COMPLETED")
lp.fireworks.update_one({"fw_id": 6}, {"$set": {"state": "RUNNING"}})
lp.workflows.update_one({"nodes": 6}, {"$set": {"fw_states.6": "RUNNING", "state": "RUNNING"}})
`;

const COMMANDS: readonly (readonly string[])[] = [
  ['detect_lostruns', '--fizzle'],
  ['detect_lostruns', '--fizzle', '-lq', '{"launch_id": 3}'],
  ['detect_lostruns', '--rerun', '-q', '{"fw_id": 3}'],
  ['detect_lostruns', '--refresh'],
  ['detect_unreserved', '--rerun'],
  ['cancel_qid', '--qid', '4712'],
  ['admin', 'maintain'],
  ['admin', 'refresh', '-i', '6'],
  ['admin', 'unlock', '-i', '6'],
];

describeWithPeer("upkeep of Python's database", () => {
  const folder = temporaryFolder();
  const ours = freshDatabase();
  const theirs = freshDatabase();
  const client = new MongoClient(mongoUri() ?? '');
  afterAll(async () => {
    await client.close();
    await ours.drop();
    await theirs.drop();
  });

  async function build(database: TestDatabase, side: string): Promise<string> {
    mkdirSync(join(folder, side), { recursive: true });
    const file = writeLaunchpadFile(join(folder, side), database);
    expect(await runPeer(STATE, [file])).toMatchObject({ code: 0 });
    return file;
  }

  it.each(COMMANDS.map((argv) => [argv.join(' '), argv] as const))('leaves the same: %s', async (_, argv) => {
    const [mine, python] = [await build(ours, 'ours'), await build(theirs, 'theirs')];
    expect(await peerLpad(python, ...argv)).toMatchObject({ code: 0 });
    const { io } = fakeIo('', { cwd: folder, home: folder, now: () => new Date() });
    expect(await main(['-l', mine, ...argv], io)).toBe(0);
    expect(await documents(client, ours)).toEqual(await documents(client, theirs));
  });

  it('removes a lock that a killed program of Python has left', async () => {
    const file = await build(ours, 'ours');
    const workflows = client.db(ours.name).collection('workflows');
    await workflows.updateOne({ nodes: 1 }, { $set: { locked: true } });
    const { io, err } = fakeIo('', { cwd: folder, home: folder, now: () => new Date() });
    expect(await main(['-l', file, 'admin', 'unlock', '-q', '{"locked": true}'], io)).toBe(0);
    expect(err()).toContain('FORCIBLY RELEASING LOCK DUE TO USER COMMAND, WF: 1');
    expect(await workflows.countDocuments({ locked: { $exists: true } })).toBe(0);
  });

  it('is read by Python afterwards', async () => {
    const file = await build(ours, 'ours');
    const { io } = fakeIo('', { cwd: folder, home: folder, now: () => new Date() });
    expect(await main(['-l', file, 'detect_lostruns', '--rerun', '--refresh'], io)).toBe(0);
    writeFileSync(join(folder, 'nothing'), '');
    const { stdout } = await peerLpad(file, 'get_fws', '-d', 'more');
    const states = (JSON.parse(stdout) as readonly { fw_id: number; state: string }[]).map(
      ({ state }) => state,
    );
    expect(states).toEqual(['READY', 'WAITING', 'READY', 'RESERVED', 'RESERVED', 'COMPLETED']);
  });
});

const COLLECTIONS = ['fireworks', 'launches', 'workflows', 'fw_id_assigner'] as const;
const ISO = /^\d{4}-\d\d-\d\dT[\d:]{8}(\.\d+)?\+00:00$/;

/** Without what differs from run to run: dates by their kind, durations not at all. */
async function documents(client: MongoClient, database: TestDatabase): Promise<unknown> {
  const found: Record<string, unknown> = {};
  for (const name of COLLECTIONS) {
    const all = await client
      .db(database.name)
      .collection(name)
      .find({}, { sort: { _id: 1 } })
      .toArray();
    // FireWorks keeps archived launches in no order.
    for (const { archived_launches: ids } of all) if (Array.isArray(ids)) ids.sort();
    found[name] = all.map((document) => normal(document));
  }
  return found;
}

function normal(value: unknown): unknown {
  if (value instanceof Date) return '<Date>';
  if (typeof value === 'string') return ISO.test(value) ? '<date>' : value;
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '_id' && key !== 'reservedtime_secs');
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === 'runtime_secs' && part !== null ? '<secs>' : normal(part)]),
  );
}
