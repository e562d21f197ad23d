/** Locks of Python's that nobody takes back: WFLOCK_EXPIRATION_KILL. */
import { MongoClient } from 'mongodb';
import { createFiretaskRegistry } from '../../../src/rocket/firetask-registry';
import { launchRocket } from '../../../src/rocket/rocket';
import type { RocketOptions } from '../../../src/rocket/rocket-options';
import { addWorkflows } from '../../../src/launchpad/add-workflows';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';
import { createMongoStore } from '../../../src/storage/mongo/mongo-store';
import { describeWithMongo, freshDatabase } from '../../support/mongod';
import { temporaryFolder } from '../../support/temporary-folder';
import { script, WORKER } from './rocket-world';

describeWithMongo('a rocket at a workflow that is locked', () => {
  const database = freshDatabase();
  const folder = temporaryFolder();
  const client = new MongoClient(database.uri);
  const store = createMongoStore({ uri: database.uri, database: database.name });
  const log: string[] = [];
  beforeAll(() => store.open());
  beforeEach(async () => {
    log.length = 0;
    await store.reset();
    const options = { file: 'f.json', format: 'json', now: new Date() } as const;
    await addWorkflows(store, parseWorkflowFile(JSON.stringify(script(1, ['true'])), options));
  });
  afterAll(async () => {
    await store.close();
    await client.close();
    await database.drop();
  });

  async function lock(fields: object): Promise<void> {
    await client
      .db(database.name)
      .collection('workflows')
      .updateOne({}, { $set: { locked: true, ...fields } });
  }

  function launch(settings: RocketOptions['settings']): ReturnType<typeof launchRocket> {
    const say = (message: string): void => void log.push(message);
    return launchRocket({
      store,
      worker: WORKER,
      registry: createFiretaskRegistry(),
      launchDir: folder,
      logger: { debug: () => undefined, info: () => undefined, warn: say, error: say },
      signal: new AbortController().signal,
      settings: { ...settings, lockWaitMs: 200 },
    });
  }

  it('gives up, and gives its claim back', async () => {
    await lock({});
    await expect(launch({})).rejects.toThrow('stayed locked');
    expect(await store.findFireworkIds({ where: { state: 'READY' } })).toEqual([1]);
  });

  it('takes it by force when it is told to, and says so', async () => {
    await lock({});
    expect(await launch({ killsLocks: true })).toMatchObject({ state: 'COMPLETED', saved: true });
    expect(log).toEqual(['FORCIBLY ACQUIRING LOCK, WF: 1']);
    expect(await client.db(database.name).collection('workflows').countDocuments({ locked: true })).toBe(0);
  });

  it('takes none by force whose owner lives', async () => {
    await lock({ lpad_lock: { owner: 'another-host:1:x', expires: new Date(Date.now() + 600_000) } });
    await expect(launch({ killsLocks: true })).rejects.toThrow('stayed locked');
    expect(log).toEqual([]);
  }, 30_000);
});
