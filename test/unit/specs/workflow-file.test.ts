import { Double } from 'bson';
import { LpadError } from '../../../src/errors';
import { parseWorkflowFile } from '../../../src/specs/workflow-files/workflow-file';

const now = new Date('2026-11-21T10:00:00.123Z');
const stamp = '2026-11-21T10:00:00.123000+00:00';
const task = { _fw_name: 'ScriptTask', script: 'true' };
const parse = (text: string, format: 'json' | 'yaml' = 'json') =>
  parseWorkflowFile(text, { file: `f.${format}`, format, now });
const json = (value: unknown) => parse(JSON.stringify(value, undefined, 1));
const firework = (id?: number, more: object = {}): object => ({
  ...(id !== undefined && { fw_id: id }),
  spec: { _tasks: [task] },
  ...more,
});

function refusal(value: unknown, format: 'json' | 'yaml' = 'json'): LpadError {
  try {
    if (typeof value === 'string') parse(value, format);
    else json(value);
  } catch (error) {
    expect(error).toBeInstanceOf(LpadError);
    expect((error as LpadError).code).toBe('BAD_WORKFLOW');
    return error as LpadError;
  }
  throw new Error('it was accepted');
}

describe('a workflow file', () => {
  it("becomes what FireWorks' add stores, with the file's own ids", () => {
    const spec = { x: 1.5, _tasks: [task], nested: { list: [1, null, 'two'] } };
    const [workflow, ...others] = json({
      name: 'from a file',
      metadata: { who: 'me', tries: 2 },
      fws: [
        { fw_id: 1, name: 'first', spec, state: 'COMPLETED' },
        { fw_id: 2, spec: { _tasks: task, _priority: 4 } },
        { fw_id: 3, state: 'PAUSED', spec: { _tasks: [] } },
      ],
      links: { 1: [2, 3], 2: 3 },
    });
    expect(others).toEqual([]);
    const common = { createdOn: stamp, updatedOn: stamp, launches: [], archivedLaunches: [] };
    expect(workflow).toEqual({
      name: 'from a file',
      metadata: { who: 'me', tries: 2 },
      links: new Map([
        [1, [2, 3]],
        [2, [3]],
        [3, []],
      ]),
      state: 'PAUSED',
      createdOn: now,
      updatedOn: now,
      fireworks: [
        { fwId: 1, name: 'first', state: 'READY', spec, ...common },
        { fwId: 2, name: 'Unnamed FW', state: 'WAITING', spec: { _tasks: [task], _priority: 4 }, ...common },
        { fwId: 3, name: 'Unnamed FW', state: 'PAUSED', spec: { _tasks: [] }, ...common },
      ],
    });
    expect(Object.keys(workflow?.fireworks[0]?.spec ?? {})).toEqual(['x', '_tasks', 'nested']);
  });

  it('may hold a Firework alone, which becomes a workflow of its name', () => {
    const [workflow] = json({ name: 'alone', spec: { _tasks: [task] } });
    expect(workflow).toMatchObject({
      name: 'alone',
      metadata: {},
      links: new Map([[-1, []]]),
      state: 'READY',
    });
    expect(workflow?.fireworks).toMatchObject([{ fwId: -1, name: 'alone', state: 'READY' }]);
  });

  it('may hold a list of both, and leave out links and metadata', () => {
    const workflows = json([firework(), { fws: [firework(1), firework(2)], metadata: null }]);
    expect(workflows.map(({ name, links }) => [name, [...links.keys()]])).toEqual([
      ['Unnamed FW', [-1]],
      ['unnamed WF', [1, 2]],
    ]);
  });

  it('in YAML stores dates as the texts that Python makes, and 1.0 as a double', () => {
    const [workflow] = parse(
      'name: only\nspec:\n  d: 2020-01-01T10:00:00.123456+02:00\n  e: 2020-01-02\n  f: 1.0\n  _tasks:\n  - {_fw_name: Script Task, script: x}\n',
      'yaml',
    );
    expect(workflow?.fireworks[0]?.spec).toEqual({
      d: '2020-01-01T10:00:00.123456+02:00',
      e: '2020-01-02',
      f: new Double(1),
      _tasks: [{ _fw_name: 'ScriptTask', script: 'x' }],
    });
  });

  it('takes dates of the file, for roots only created_on', () => {
    const dates = { created_on: '2020-01-01T10:00', updated_on: '2020-01-01T10:00:00.5Z' };
    const [workflow] = json({ fws: [firework(1, dates), firework(2, dates)], links: { 1: 2 }, ...dates });
    expect(workflow?.fireworks.map(({ createdOn, updatedOn }) => [createdOn, updatedOn])).toEqual([
      ['2020-01-01T10:00:00', stamp],
      ['2020-01-01T10:00:00', '2020-01-01T10:00:00.500000+00:00'],
    ]);
    expect(workflow).toMatchObject({
      createdOn: new Date('2020-01-01T10:00Z'),
      updatedOn: new Date('2020-01-01T10:00:00.5Z'),
    });
  });

  it('keeps repeated children, negative ids and objects of Python classes as they are', () => {
    const [workflow] = json({
      fws: [firework(-1), firework(-2, { spec: { _tasks: [], s: { '@module': 'm', '@class': 'C' } } })],
      links: { '-1': [-2, -2] },
    });
    expect(workflow?.links).toEqual(
      new Map([
        [-1, [-2, -2]],
        [-2, []],
      ]),
    );
    expect(workflow?.fireworks[1]?.spec['s']).toEqual({ '@module': 'm', '@class': 'C' });
  });

  it('of 50,000 Fireworks in a row is read', () => {
    const size = 50_000;
    const fws = Array.from({ length: size }, (_, index) => firework(index + 1));
    const links = Object.fromEntries(Array.from({ length: size - 1 }, (_, index) => [index + 1, index + 2]));
    expect(json({ fws, links })[0]?.fireworks).toHaveLength(size);
    expect(refusal({ fws, links: { ...links, [size]: 1 } }).message).toContain('in a cycle: ');
  });

  const WHAT = 'a Firework (an object with spec) or a Workflow (an object with fws)';
  it.each<[string, unknown, string]>([
    ['an empty object', {}, `expected ${WHAT}, but it has neither, in f.json`],
    ['a number', 5, `expected ${WHAT}, found 5, in f.json`],
    ['an empty list', [], 'the list of workflows is empty, in f.json'],
    ['a list with something else', [firework(), 'x'], `[1]: expected ${WHAT}, found 'x', in f.json line 12`],
    ['no _tasks', { spec: {} }, 'spec._tasks: is missing, in f.json line 2'],
    ['a spec that is none', { spec: 5 }, 'spec: must be an object, is 5, in f.json line 2'],
    [
      'a workflow with a Firework without spec',
      { fws: [{ fw_id: 1 }] },
      'fws[0].spec: is missing, in f.json line 3',
    ],
    [
      'a task without a name',
      { spec: { _tasks: [{}] } },
      'spec._tasks[0]._fw_name: is missing, in f.json line 4',
    ],
    [
      '_tasks null',
      { spec: { _tasks: null } },
      'spec._tasks: must be a list or an object, is empty, in f.json line 3',
    ],
    ['no Fireworks', { fws: [] }, 'fws: must not be empty, in f.json line 2'],
    ['fws that is none', { fws: {} }, 'fws: must be a list, is an object, in f.json line 2'],
    [
      'a text for an id',
      { fws: [firework(1, { fw_id: '1' })] },
      "fws[0].fw_id: must be a whole number, is '1', in f.json line 4",
    ],
    [
      'ids twice',
      { fws: [firework(1), firework(1)] },
      'fws[1].fw_id: the fw_id 1 is used by 2 Fireworks; each needs its own, in f.json line 15',
    ],
    [
      'missing ids',
      { fws: [firework(), firework()] },
      'fws[1].fw_id: the fw_id -1 is used by 2 Fireworks (a missing fw_id counts as -1); each needs its own, in f.json line 13',
    ],
    [
      'an unknown child',
      { fws: [firework(1)], links: { 1: 7 } },
      'links.1: there is no Firework with fw_id 7 in fws (there are 1), in f.json line 16',
    ],
    [
      'an unknown parent',
      { fws: [firework(1)], links: { 7: [1] } },
      'links.7: there is no Firework with fw_id 7 in fws (there are 1), in f.json line 16',
    ],
    [
      'a key that is no id',
      { fws: [firework(1)], links: { a: [1] } },
      "links.a: a key of links must be the fw_id of a parent, is 'a', in f.json line 16",
    ],
    [
      'a child as text',
      { fws: [firework(1)], links: { 1: ['2'] } },
      "links.1[0]: must be a whole number, is '2', in f.json line 17",
    ],
    [
      'a cycle',
      { fws: [firework(1), firework(2)], links: { 1: 2, 2: 1 } },
      'links.1: the Fireworks wait for each other in a cycle: 1 -> 2 -> 1, in f.json line 27',
    ],
    [
      'a link to itself',
      { fws: [firework(1)], links: { 1: 1 } },
      'links.1: the Fireworks wait for each other in a cycle: 1 -> 1, in f.json line 16',
    ],
    [
      'link for links',
      { fws: [firework(1)], link: { 1: 1 } },
      'link: is no known key; did you mean links?, in f.json line 15',
    ],
    [
      'an unknown state',
      firework(1, { state: 'READYY' }),
      "state: must be one of ARCHIVED, FIZZLED, DEFUSED, PAUSED, WAITING, READY, RESERVED, RUNNING, COMPLETED, is 'READYY'; did you mean READY?, in f.json line 11",
    ],
    [
      'no date',
      firework(1, { created_on: 'yesterday' }),
      "created_on: must be a date such as 2026-11-21T08:01:43+00:00, is 'yesterday', in f.json line 11",
    ],
    [
      'launches',
      firework(1, { launches: [{ launch_id: 1 }] }),
      'launches: must be empty or left out: launches of Fireworks that have run already belong to another database, in f.json line 11',
    ],
  ])('with %s is refused', (_, value, message) => {
    expect(refusal(value).message).toBe(message);
  });

  it('that is broken off is refused with its place', () => {
    expect(refusal('{"fws": [').message).toBe('f.json line 1 column 10: expected a value, but the text ends');
    expect(refusal('name: a\nname: b\n', 'yaml').message).toBe(
      'f.yaml line 2 column 1: the key "name" stands here a second time',
    );
  });

  it('with many mistakes tells five', () => {
    const fws = Array.from({ length: 9 }, (_, index) => ({ fw_id: index, spec: {} }));
    const lines = refusal({ fws }).message.split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('and 4 more problems');
  });

  it('that has run is added anew when asked: without launches, states, dates and recoveries', () => {
    const ran = {
      created_on: '2020-01-01T00:00:00',
      updated_on: '2020-01-01T00:00:00',
      launches: [{ launch_id: 1 }],
      archived_launches: [{ launch_id: 2 }],
    };
    const spec = { _tasks: [task], x: 1, _launch_dir: '/old', _recovery: { _task_n: 1, _prev_dir: '/old' } };
    const value = {
      ...ran,
      fws: [
        { fw_id: 7, state: 'COMPLETED', ...ran, spec: { ...spec, _exception_details: {} } },
        {
          fw_id: 8,
          state: 'FIZZLED',
          ...ran,
          spec: { _tasks: [], _launch_dir: '/mine', _fizzled_parents: [] },
        },
      ],
      links: { 7: [8] },
      metadata: {},
    };
    const text = JSON.stringify(value);
    const [workflow] = parseWorkflowFile(text, { file: 'f.json', format: 'json', now, anew: true });
    const common = {
      name: 'Unnamed FW',
      createdOn: stamp,
      updatedOn: stamp,
      launches: [],
      archivedLaunches: [],
    };
    expect(workflow).toMatchObject({ state: 'READY', createdOn: now, updatedOn: now });
    expect(workflow?.fireworks).toEqual([
      { fwId: 7, state: 'READY', spec: { _tasks: [task], x: 1 }, ...common },
      { fwId: 8, state: 'WAITING', spec: { _tasks: [], _launch_dir: '/mine' }, ...common },
    ]);
  });

  it('is checked for its inputs when asked', () => {
    const text = JSON.stringify(firework(1, { spec: { _tasks: [{ _fw_name: 'PyTask', inputs: ['x'] }] } }));
    const options = { file: 'f.json', format: 'json', now } as const;
    expect(parseWorkflowFile(text, options)).toHaveLength(1);
    expect(() => parseWorkflowFile(text, { ...options, check: true })).toThrow(
      'Firework 1 Unnamed FW: the input x has no source: no output of a parent, nothing in the spec, no earlier Firetask, in f.json',
    );
  });
});
