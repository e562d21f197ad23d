import {
  parseStates,
  requireSelector,
  toFireworkSelection,
  toWorkflowSelection,
  type SelectorArgs,
} from '../../../src/cli/options/selectors';
import { LpadError } from '../../../src/errors';

const TRACE = 'action.stored_data._exception._stacktrace';

function args(given: Partial<SelectorArgs> = {}): SelectorArgs {
  return { fwId: [], name: [], state: [], query: undefined, ...given };
}

function complaint(run: () => unknown): { code: string; message: string; status: number } {
  try {
    run();
  } catch (error) {
    if (error instanceof LpadError)
      return { code: error.code, message: error.message, status: error.exitStatus };
    throw error;
  }
  throw new Error('no error');
}

describe('Fireworks are selected by', () => {
  test.each<[string, Partial<SelectorArgs>, unknown]>([
    ['nothing', {}, {}],
    ['ids', { fwId: ['5', '3-4'] }, { ids: [3, 4, 5] }],
    ['a name', { name: ['relax'] }, { where: { name: 'relax' } }],
    ['names', { name: ['b', 'a', 'b'] }, { where: { name: { $in: ['b', 'a'] } } }],
    ['a state', { state: ['fizzled'] }, { where: { state: 'FIZZLED' } }],
    ['states', { state: ['READY,waiting', 'READY'] }, { where: { state: { $in: ['READY', 'WAITING'] } } }],
    ['a query', { query: "{'spec.x': True}" }, { where: { 'spec.x': true } }],
    ['the query for everything', { query: '{}' }, {}],
    [
      'all of them',
      { fwId: ['1'], name: ['a'], state: ['READY'], query: '{"name": {"$ne": "b"}}' },
      { ids: [1], where: { $and: [{ name: { $ne: 'b' } }, { name: 'a' }, { state: 'READY' }] } },
    ],
    [
      'the state of a launch',
      { launchesMode: true, state: ['FIZZLED'] },
      { activeLaunch: [{ state: 'FIZZLED' }] },
    ],
    ['any launch', { launchesMode: true, query: '{}' }, { activeLaunch: [{}] }],
    [
      'one launch that has both, and a name of its own',
      { launchesMode: true, state: ['FIZZLED'], query: '{"host": "n1"}', name: ['a'] },
      { where: { name: 'a' }, activeLaunch: [{ $and: [{ host: 'n1' }, { state: 'FIZZLED' }] }] },
    ],
    [
      'an error',
      { error: 'Memory.*Error', state: ['FIZZLED'] },
      { where: { state: 'FIZZLED' }, activeLaunch: [{ [TRACE]: { $regex: 'Memory.*Error' } }] },
    ],
    [
      'an error in any case',
      { error: '(?i)memory' },
      { activeLaunch: [{ [TRACE]: { $regex: 'memory', $options: 'i' } }] },
    ],
    ['a limit', { max: 5 }, { limit: 5 }],
    ['no limit', { max: 0 }, {}],
    [
      'age, oldest first',
      { sort: 'created_on', rsort: 'updated_on' },
      { sort: { field: 'created_on', direction: 1 } },
    ],
    ['age, newest first', { rsort: 'updated_on' }, { sort: { field: 'updated_on', direction: -1 } }],
  ])('%s', (_what, given, selection) => {
    expect(toFireworkSelection(args(given))).toEqual(selection);
  });
});

test('workflows are selected by members, and by what they are themselves', () => {
  const given = args({
    fwId: ['7'],
    name: ['chain'],
    state: ['COMPLETED'],
    query: '{"metadata.a": 1}',
    max: 2,
  });
  expect(toWorkflowSelection(given)).toEqual({
    members: [7],
    where: { $and: [{ 'metadata.a': 1 }, { name: 'chain' }, { state: 'COMPLETED' }] },
    limit: 2,
  });
});

describe('a selector that cannot be meant is refused', () => {
  test.each<[Partial<SelectorArgs>, string]>([
    [{ launchesMode: true, fwId: ['3'] }, '-lm asks the launches, but there is no -q or -s to ask'],
    [{ state: ['FIZLED'] }, '-s: unknown state "FIZLED"; did you mean FIZZLED?'],
    [{ state: ['broken'] }, '-s: unknown state "broken"'],
    [{ state: [''] }, '-s: unknown state ""'],
    [{ max: -1 }, '-m: -1 is no number of hits; write 0 for no limit'],
    [{ error: '' }, '--error: an empty regex matches every error'],
    [{ error: 'a(b' }, '--error: the regex a(b cannot be read from character 2 on: (b'],
    [{ error: 'x[y' }, '--error: the regex x[y cannot be read from character 2 on: [y'],
    [{ error: 'a)' }, '--error: the regex a) cannot be read from character 2 on: )'],
    [{ error: '*a' }, '--error: the regex *a cannot be read from character 1 on: *a'],
    [{ error: '(?i)a**' }, '--error: the regex (?i)a** cannot be read from character 7 on: *'],
  ])('%j', (given, message) => {
    expect(complaint(() => toFireworkSelection(args(given)))).toEqual({
      code: 'BAD_SELECTOR',
      message,
      status: 2,
    });
  });

  test('a query that does not parse', () => {
    expect(complaint(() => toFireworkSelection(args({ query: '{state: ' })))).toMatchObject({
      code: 'BAD_QUERY',
      status: 2,
    });
  });

  test('the nine states are listed', () => {
    const parse = new Promise(() => parseStates(['x']));
    return expect(parse).rejects.toMatchObject({
      hint: '-s with one of ARCHIVED FIZZLED DEFUSED PAUSED WAITING READY RESERVED RUNNING COMPLETED',
    });
  });
});

describe('a command that changes something needs a selector', () => {
  test('none at all is refused, and the explicit way to say everything is shown', () => {
    const refused = {
      code: 'BAD_SELECTOR',
      message: "nothing is selected: say which with -i, -n, -s or -q (-q '{}' selects everything)",
      status: 2,
    };
    expect(
      complaint(() => {
        requireSelector(args());
      }),
    ).toEqual(refused);
    expect(
      complaint(() => {
        requireSelector(args({ max: 3, sort: 'created_on', launchesMode: true }));
      }),
    ).toEqual(refused);
  });

  test.each<[Partial<SelectorArgs>]>([
    [{ fwId: ['1'] }],
    [{ name: ['a'] }],
    [{ state: ['READY'] }],
    [{ query: '{}' }],
    [{ error: 'x' }],
    [{ qid: '7' }],
  ])('%j is one', (given) => {
    expect(() => {
      requireSelector(args(given));
    }).not.toThrow();
  });
});
