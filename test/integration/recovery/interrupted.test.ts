/** SIGTERM ends a recovery after the batch in hand; the same night goes on with the rest. */
import { rmSync } from 'node:fs';
import { createTemporaryFolder } from '../../support/temporary-folder';
import { describeWithMongo, freshDatabase } from '../../support/mongod';
import { createEmbeddedStore } from '../../../src/storage/embedded/embedded-store';
import { createMongoStore } from '../../../src/storage/mongo/mongo-store';
import type { LaunchPadStore } from '../../../src/storage/launchpad-store';
import { recover, type RecoverRequest } from '../../../src/launchpad/recovery/recover';
import { createRunContext } from '../../../src/launchpad/run-context';
import { parsePolicyText } from '../../../src/specs/recovery/policy-file';
import { fill } from '../../chaos/kill-world';
import { collectSteps } from './collect-steps';

const POLICY = { canary: 0, rules: [{ name: 'again', match: {}, do: 'rerun' }] };
/** Half of them are FIZZLED. */
const WORKFLOWS = 500;

function interrupts(create: () => LaunchPadStore): void {
  it('after the batch in hand, and goes on with the rest in the same night', async () => {
    const store = create();
    await store.open();
    await store.reset();
    await fill(store, WORKFLOWS);
    const { policy, hash } = parsePolicyText(JSON.stringify(POLICY), { file: 'r.json', format: 'json' });
    const stop = new AbortController();
    const request: RecoverRequest = {
      policy,
      source: { file: 'r.json', hash },
      key: 'one',
      dryRun: false,
      expirationSecs: 3600,
      exceptionDetails: false,
    };
    const context = () => createRunContext({ operation: 'recover', commandLine: ['lpad', 'recover'] });
    const onProgress = (): void => {
      stop.abort();
    };
    const first = await recover(store, { ...request, signal: stop.signal, onProgress }, context());
    expect(first.status).toBe('interrupted');
    const done = first.steps.filter(({ status }) => status === 'done');
    expect(done).toHaveLength(100);
    expect(await store.countFireworks({ where: { state: 'FIZZLED' } })).toBe(WORKFLOWS / 2 - 100);
    expect((await collectSteps(store, 'one')).filter(({ why }) => why === 'interrupted')).toHaveLength(150);
    const second = await recover(store, request, context());
    expect(second).toMatchObject({ status: 'done', resumed: [] });
    expect(second.steps).toHaveLength(150);
    expect(await store.countFireworks({ where: { state: 'FIZZLED' } })).toBe(0);
    const [night] = await store.findNights({ key: 'one' });
    expect(night?.calls.map(({ status }) => status)).toEqual(['interrupted', 'done']);
    await store.close();
  });
}

describe('a signal ends lpad recover on the embedded store', () => {
  const folder = createTemporaryFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  interrupts(() => createEmbeddedStore({ folder }));
});

describeWithMongo('a signal ends lpad recover on MongoDB', () => {
  const { uri, name, drop } = freshDatabase();
  afterAll(drop);
  interrupts(() => createMongoStore({ uri, database: name }));
});
