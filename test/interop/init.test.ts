/** What `lpad init` writes is read by FireWorks, and means the same there. */
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { freshDatabase } from '../support/mongod';
import { describeWithPeer, runPeer } from '../support/peer';
import { temporaryFolder } from '../support/temporary-folder';
import { fakeIo } from '../support/fake-io';

const READ = `import json, sys
from fireworks import LaunchPad
launchpad = LaunchPad.from_file(sys.argv[1])
print(json.dumps({key: getattr(launchpad, key) for key in ("host", "port", "name", "username", "password", "authsource")}))
if "ping" in sys.argv: launchpad.reset("", require_password=False)`;

describeWithPeer('a file of lpad init, read by FireWorks', () => {
  const folder = temporaryFolder();
  const database = freshDatabase();

  afterAll(() => database.drop());

  async function written(file: string, words: readonly string[]): Promise<string> {
    const { io, err } = fakeIo('', { cwd: folder });
    const status = await main(['init', '--config-file', file, ...words], io);
    expect([status, err()]).toEqual([0, expect.stringContaining('Configuration written')]);
    return join(folder, file);
  }

  it.each(['plain', '0123', 'yes', 'null', 'a: b #c', `'"\\`, 'ü€😀', '2026-01-01'])(
    'has the user and password %j',
    async (secret) => {
      const file = await written(`${String(Math.random())}.yaml`, [
        '--host=db.example.org',
        '--port=27018',
        `--username=${secret}`,
        `--password=${secret}`,
      ]);
      const { stdout } = await runPeer(READ, [file]);
      expect(JSON.parse(stdout)).toEqual({
        host: 'db.example.org',
        port: 27018,
        name: 'fireworks',
        username: secret,
        password: secret,
        authsource: 'fireworks',
      });
    },
  );

  it('connects by a URI', async () => {
    const file = await written('uri.yaml', ['-u', '--host', database.uri, '--name', database.name]);
    expect(await runPeer(READ, [file, 'ping'])).toMatchObject({ code: 0, stderr: '' });
  });
});
