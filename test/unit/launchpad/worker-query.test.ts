import type { ValueObject } from '../../../src/domain/model';
import { claimQuery, workerQuery, type Worker } from '../../../src/launchpad/launches/worker-query';
import { createMatcher } from '../../../src/storage/embedded/query/matcher';

const WORKER: Worker = { name: 'w', category: '', query: {}, queryText: '{}', env: {} };
const FOR_ME = [{ 'spec._fworker': { $exists: false } }, { 'spec._fworker': null }, { 'spec._fworker': 'w' }];

describe('the query of a worker', () => {
  it('is its own, for Fireworks that ask for no other worker', () => {
    expect(workerQuery({ ...WORKER, query: { 'spec.size': 1 } })).toEqual({ 'spec.size': 1, $or: FOR_ME });
  });

  it('keeps an $or beside its own, and does not grow', () => {
    const worker = { ...WORKER, query: { $or: [{ a: 1 }], $and: [{ b: 1 }] } };
    const expected = { $and: [{ b: 1 }, { $or: [{ a: 1 }] }, { $or: FOR_ME }] };
    expect(workerQuery(worker)).toEqual(expected);
    expect(workerQuery(worker)).toEqual(expected);
  });

  it.each([
    ['', undefined],
    [[], undefined],
    ['a', 'a'],
    ['__none__', { $exists: false }],
    [['a', '__none__'], { $in: ['a', '__none__'] }],
  ])('has the category %j', (category, wanted) => {
    expect(workerQuery({ ...WORKER, category })['spec._category']).toEqual(wanted);
  });
});

describe('what may be claimed', () => {
  const matches = createMatcher(
    claimQuery(WORKER, {
      firetasks: ['ScriptTask', 'Own'],
      dupeFinders: ['DupeFinderExact', 'Dupe Finder Exact'],
    }),
  );
  const task = (name: string): ValueObject => ({ _fw_name: name });

  it.each<[string, ValueObject, boolean]>([
    ['a list of known Firetasks', { _tasks: [task('ScriptTask'), task('Own')] }, true],
    ['a single known Firetask', { _tasks: task('Own') }, true],
    ['no Firetask', { _tasks: [] }, true],
    ['an unknown one among them', { _tasks: [task('ScriptTask'), task('PyTask')] }, false],
    ['an unknown one alone', { _tasks: task('PyTask') }, false],
    ['one without a name', { _tasks: [task('Own'), {}] }, false],
    [
      'a known background task',
      { _tasks: [task('Own')], _background_tasks: [{ tasks: [task('Own')] }] },
      true,
    ],
    [
      'an unknown background task',
      { _tasks: [task('Own')], _background_tasks: [{ tasks: [task('PyTask')] }] },
      false,
    ],
    [
      'the exact duplicate finder',
      { _tasks: [task('Own')], _dupefinder: { _fw_name: 'DupeFinderExact' } },
      true,
    ],
    [
      'a duplicate finder of the user',
      { _tasks: [task('Own')], _dupefinder: { _fw_name: 'MyFinder' } },
      false,
    ],
    ['for this worker', { _tasks: [task('Own')], _fworker: 'w' }, true],
    ['for another worker', { _tasks: [task('Own')], _fworker: 'v' }, false],
  ])('%s', (_, spec, claimable) => {
    expect(matches({ fw_id: 1, spec })).toBe(claimable);
  });
});
