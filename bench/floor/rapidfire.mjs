// Runs READY Fireworks of one ScriptTask, one after the other: what FireWorks' documents ask of a launch, and nothing more.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { timestamp, withDatabase } from './connect.mjs';

const count = Number(process.argv[2]);
const lock = { $set: { locked: true } };

await withDatabase(async (db) => {
  const [fireworks, launches, workflows, counters] = [
    'fireworks',
    'launches',
    'workflows',
    'fw_id_assigner',
  ].map((name) => db.collection(name));

  /** The state of a workflow of one, as its Firework's; releases the lock. */
  const note = (_id, fwId, state) =>
    workflows.updateOne(
      { _id },
      {
        $set: { [`fw_states.${String(fwId)}`]: state, state, updated_on: new Date() },
        $unset: { locked: '' },
      },
    );

  for (let run = 0; run < count; run += 1) {
    const claim = { $set: { state: 'RESERVED', updated_on: new Date() } };
    const sort = { 'spec._priority': -1, fw_id: 1 };
    const firework = await fireworks.findOneAndUpdate({ state: 'READY' }, claim, { sort });
    if (!firework) throw new Error(`only ${String(run)} Fireworks were READY`);
    const { fw_id: fwId, spec } = firework;
    const [{ next_launch_id: launchId }, { _id }] = await Promise.all([
      counters.findOneAndUpdate({}, { $inc: { next_launch_id: 1 } }),
      workflows.findOneAndUpdate({ nodes: fwId, locked: { $exists: false } }, lock),
    ]);
    const launchDir = `${process.cwd()}/launcher_${String(launchId)}`;
    const started = timestamp(new Date());
    const history = [
      { state: 'RUNNING', created_on: started, updated_on: started, checkpoint: { _task_n: 0 } },
    ];
    await launches.insertOne({
      fw_id: fwId,
      launch_id: launchId,
      launch_dir: launchDir,
      fworker: { name: 'floor', category: '', query: '{}', env: {} },
      host: 'floor',
      ip: '127.0.0.1',
      trackers: [],
      action: null,
      state: 'RUNNING',
      state_history: history,
      time_start: started,
      time_end: null,
      runtime_secs: null,
    });
    await fireworks.updateOne(
      { fw_id: fwId, state: 'RESERVED' },
      { $set: { state: 'RUNNING', launches: [launchId] } },
    );
    await note(_id, fwId, 'RUNNING');

    await mkdir(launchDir);
    await writeFile(`${launchDir}/FW.json`, JSON.stringify(firework, undefined, 4));
    const [script] = [spec._tasks[0].script].flat();
    const child = spawn(script, { cwd: launchDir, shell: true, stdio: 'ignore' });
    const [code] = await once(child, 'close');

    await workflows.findOneAndUpdate({ _id, locked: { $exists: false } }, lock);
    const ended = timestamp(new Date());
    const action = {
      stored_data: { returncode: code },
      exit: false,
      update_spec: {},
      mod_spec: [],
      additions: [],
      detours: [],
    };
    await launches.updateOne(
      { launch_id: launchId, state: 'RUNNING' },
      {
        $set: {
          state: 'COMPLETED',
          state_history: [...history, { state: 'COMPLETED', created_on: ended }],
          action,
          time_end: ended,
        },
      },
    );
    await fireworks.updateOne(
      { fw_id: fwId, state: 'RUNNING' },
      { $set: { state: 'COMPLETED', updated_on: ended } },
    );
    await note(_id, fwId, 'COMPLETED');
  }
});
