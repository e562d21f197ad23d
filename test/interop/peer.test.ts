import { readdirSync } from 'node:fs';
import { freshDatabase } from '../support/mongod';
import { describeWithPeer, peerLpad, peerRlaunch, runPeer, writeLaunchpadFile } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';

describeWithPeer('Python FireWorks', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();
  const launchpad = writeLaunchpadFile(folder, database);

  afterAll(() => database.drop());

  it('adds, runs and shows a Firework, and prints nothing but data', async () => {
    const added = await runPeer(
      `import sys
from fireworks import Firework, LaunchPad, ScriptTask
launchpad = LaunchPad.from_file(sys.argv[1])
launchpad.reset("", require_password=False)
launchpad.add_wf(Firework([ScriptTask.from_str("echo hello > greeting")], name="greet"))`,
      [launchpad],
    );
    expect(added).toMatchObject({ code: 0, stderr: '' });

    const launched = await peerRlaunch(launchpad, folder, 'rapidfire', '--nlaunches', '1');
    expect(launched).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(folder)).toContainEqual(expect.stringMatching(/^launcher_/));

    const shown = await peerLpad(launchpad, 'get_fws', '-i', '1', '-d', 'less');
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.stdout)).toMatchObject({ fw_id: 1, name: 'greet', state: 'COMPLETED' });
  });
});
