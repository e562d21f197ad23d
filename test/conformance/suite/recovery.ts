import type { Night, RecoveryStep } from '../../../src/domain/recovery/night';
import type { UseStore } from '../store-suite';
import { collect, quarantine } from './builders';

function at(hour: number): Date {
  return new Date(Date.UTC(2026, 10, 21, hour));
}

function owner(name: string, hour = 1): { readonly name: string; readonly expiresAt: number } {
  return { name, expiresAt: at(hour).getTime() };
}

function nightOf(key: string, hour: number): Night {
  const call = {
    startedOn: at(hour),
    endedOn: null,
    user: 'ada',
    host: 'node-1',
    commandLine: ['lpad', 'recover'],
  };
  return {
    key,
    startedOn: at(hour),
    policyFile: 'recovery.yaml',
    policyHash: '0123456789',
    lostFireworks: [3, 4],
    lostLaunches: 2,
    calls: [{ ...call, journalIds: ['run-1'], status: 'held' }],
  };
}

function step(night: string, fwId: number, changes: Partial<RecoveryStep> = {}): RecoveryStep {
  return {
    night,
    fwId,
    name: 'relax',
    fingerprint: 'aaaaaaaaaa',
    pattern: 'ValueError: <n>',
    launchId: 7,
    host: 'node-1',
    failedOn: at(0),
    attempts: 2,
    coreHours: 1.5,
    rule: 'again',
    how: '',
    action: 'rerun',
    why: 'rule',
    reason: 'canary of the rule again',
    canary: true,
    until: null,
    status: 'done',
    decidedOn: at(1),
    journalId: 'run-1',
    to: 'READY',
    descendants: 3,
    notes: ['a note'],
    ...changes,
  };
}

export function recoveryTests(useStore: UseStore): void {
  it('a lease has one owner, who may extend it, and give it back', async () => {
    const store = useStore();
    expect(await store.takeLease('recover', owner('a'))).toEqual(owner('a'));
    expect(await store.takeLease('recover', owner('b'))).toEqual(owner('a'));
    expect(await store.takeLease('other', owner('b'))).toEqual(owner('b'));
    expect(await store.takeLease('recover', owner('a', 2))).toEqual(owner('a', 2));
    await store.releaseLease('recover', owner('b'));
    expect(await store.takeLease('recover', owner('b'))).toEqual(owner('a', 2));
    await store.releaseLease('recover', owner('a'));
    expect(await store.takeLease('recover', owner('b'))).toEqual(owner('b'));
  });

  it('a lease is taken from a dead owner by one of those who try', async () => {
    const store = useStore();
    await store.takeLease('recover', owner('dead'));
    const names = ['a', 'b', 'c', 'd'];
    const holders = await Promise.all(names.map((name) => store.takeLease('recover', owner(name), 'dead')));
    const [winner] = holders;
    expect(names).toContain(winner?.name);
    expect(new Set(holders.map(({ name }) => name))).toEqual(new Set([winner?.name]));
  });

  it('a free lease is taken by one of those who try', async () => {
    const store = useStore();
    const names = ['a', 'b', 'c', 'd'];
    const holders = await Promise.all(names.map((name) => store.takeLease('recover', owner(name))));
    expect(new Set(holders.map(({ name }) => name)).size).toBe(1);
  });

  it('nights are found by key, and the newest first', async () => {
    const store = useStore();
    await store.putNight(nightOf('one', 3));
    await store.putNight(nightOf('two', 5));
    await store.putNight(nightOf('one', 4));
    expect(await store.findNights({})).toStrictEqual([nightOf('two', 5), nightOf('one', 4)]);
    expect(await store.findNights({ limit: 1 })).toStrictEqual([nightOf('two', 5)]);
    expect(await store.findNights({ key: 'one' })).toStrictEqual([nightOf('one', 4)]);
    expect(await store.findNights({ key: 'three' })).toEqual([]);
  });

  it('steps are one per night and Firework, and found by all that is asked', async () => {
    const store = useStore();
    const later = step('two', 3, {
      decidedOn: at(9),
      fingerprint: 'bbbbbbbbbb',
      until: at(10),
      journalId: null,
      to: null,
    });
    await store.putSteps([step('two', 20), later, step('one', 9), step('one', 10)]);
    await store.putSteps([step('one', 10, { reason: 'changed' })]);
    const one = [step('one', 9), step('one', 10, { reason: 'changed' })];
    expect(await collect(store.findSteps({}))).toStrictEqual([...one, later, step('two', 20)]);
    expect(await collect(store.findSteps({ night: 'one' }))).toStrictEqual(one);
    expect(await collect(store.findSteps({ night: 'on' }))).toEqual([]);
    expect(await collect(store.findSteps({ night: 'two', fwIds: [20, 9] }))).toEqual([step('two', 20)]);
    expect(await collect(store.findSteps({ fingerprints: ['bbbbbbbbbb'] }))).toEqual([later]);
    expect(await collect(store.findSteps({ since: at(9) }))).toEqual([later]);
    const held = step('two', 21, { action: 'hold', status: 'decided' });
    await store.putSteps([held, step('two', 22, { status: 'doing' })]);
    expect(await collect(store.findSteps({ night: 'two', onlyReruns: true }))).toEqual([
      later,
      step('two', 20),
    ]);
    await store.putSteps([]);
  });

  it('nights go with their steps', async () => {
    const store = useStore();
    for (const key of ['on', 'one', 'one0', 'one1']) await store.putNight(nightOf(key, 3));
    const nights = ['on', 'one', 'one0', 'one1'];
    await store.putSteps(nights.flatMap((night) => [step(night, 1), step(night, 4_000_000_000)]));
    await store.removeNights(['one', 'none', 'one1']);
    expect((await store.findNights({})).map(({ key }) => key)).toEqual(['one0', 'on']);
    const left = await collect(store.findSteps({}));
    expect(left.map(({ night, fwId }) => [night, fwId])).toEqual([
      ['on', 1],
      ['on', 4_000_000_000],
      ['one0', 1],
      ['one0', 4_000_000_000],
    ]);
    await store.removeNights([]);
  });

  it('quarantines are one per Firework', async () => {
    const store = useStore();
    await store.putQuarantines([quarantine(10), quarantine(9)]);
    const released = quarantine(10, { releasedOn: at(2), releasedBy: 'ada' });
    await store.putQuarantines([released]);
    expect(await collect(store.findQuarantines())).toStrictEqual([quarantine(9), released]);
    expect(await collect(store.findQuarantines([10, 11]))).toEqual([released]);
    await store.removeQuarantines([9, 11]);
    expect(await collect(store.findQuarantines())).toEqual([released]);
  });

  it('all of it is gone after a reset', async () => {
    const store = useStore();
    await store.takeLease('recover', owner('a'));
    await store.putNight(nightOf('one', 3));
    await store.putSteps([step('one', 1)]);
    await store.putQuarantines([quarantine(1)]);
    await store.reset();
    expect(await store.takeLease('recover', owner('b'))).toEqual(owner('b'));
    expect(await store.findNights({})).toEqual([]);
    expect(await collect(store.findSteps({}))).toEqual([]);
    expect(await collect(store.findQuarantines())).toEqual([]);
  });
}
