import { parsePolicyText, type RecoveryPolicy } from '../../../../src/specs/recovery/policy-file';

function read(text: string): RecoveryPolicy {
  return parsePolicyText(text, { file: 'recovery.yaml', format: 'yaml' }).policy;
}

function complaint(text: string): string {
  try {
    read(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_POLICY', exitStatus: 2 });
    return (error as Error).message;
  }
  throw new Error('it was read');
}

const HOUR = 3_600_000;

describe('a policy', () => {
  it('is read with its defaults, and a rule has what it does not say from above', () => {
    const policy = read(`
lost_runs: {after: 4h}
max_attempts: 5
backoff: {first: 10m, longest: 1d}
budget: {core_hours: 100.5}
rules:
  - name: memory
    match: {error: '(?i)oom', name: [a, b], query: {spec.x: 1}, attempts: 1, host: "n*", age: {min: 1h}}
    do: rerun
    task_level: previous-dir
    set: {spec._queueadapter.mem: 64G}
    unset: [old]
    rsort: created_on
    transient: true
    canary: 0
    breaker: {failures: 2}
    window: {from: "20:00", to: "06:30", days: [sat, sun]}
  - {name: rest, match: {fw_id: ["1-3", 5], launch_query: "{'host': 'x'}", lost: false}, do: leave}
`);
    const trace = 'action.stored_data._exception._stacktrace';
    const backoff = { first: HOUR / 6, factor: 2, longest: 24 * HOUR };
    expect(policy).toEqual({
      lostRuns: { handle: true, after: 4 * HOUR },
      budget: { fireworks: undefined, coreHours: 100.5 },
      rules: [
        {
          name: 'memory',
          selectors: {
            where: { $and: [{ name: { $in: ['a', 'b'] } }, { 'spec.x': 1 }] },
            activeLaunch: [{ [trace]: { $regex: 'oom', $options: 'i' } }],
          },
          conditions: {
            attempts: { min: 1, max: 1 },
            hosts: ['n*'],
            age: { min: HOUR, max: Infinity },
          },
          action: {
            kind: 'rerun',
            taskLevel: { mode: 'prev_dir' },
            edits: [
              { path: ['_queueadapter', 'mem'], action: 'set', value: '64G' },
              { path: ['old'], action: 'unset' },
            ],
          },
          order: { field: 'createdOn', direction: -1 },
          maxAttempts: 5,
          transient: true,
          backoff,
          window: { from: 1200, to: 390, days: new Set([6, 0]) },
          budget: { fireworks: undefined, coreHours: undefined },
          canary: 0,
          breaker: { failures: 2, rest: 24 * HOUR },
        },
        {
          name: 'rest',
          selectors: { ids: [1, 2, 3, 5], activeLaunch: [{ host: 'x' }] },
          conditions: { lost: false },
          action: { kind: 'leave' },
          order: undefined,
          maxAttempts: 5,
          transient: false,
          backoff,
          window: undefined,
          budget: { fireworks: undefined, coreHours: undefined },
          canary: 3,
          breaker: { failures: 5, rest: 24 * HOUR },
        },
      ],
    });
  });

  it('may leave lost runs alone', () => {
    expect(read('lost_runs: false\nrules: [{name: a, match: {}, do: leave}]').lostRuns).toEqual({
      handle: false,
      after: undefined,
    });
  });

  it('names the line of a key that is not known, and the one that was meant there', () => {
    expect(
      complaint(
        'budgets: {}\nrules:\n  - name: a\n    match: {losst: true}\n    do: rerum\n  - name: b\n    match:\n    do: leave',
      ),
    ).toBe(
      [
        'budgets: is no known key; did you mean budget?, in recovery.yaml line 1',
        'rules[0].match.losst: is no known key; did you mean lost?, in recovery.yaml line 4',
        "rules[0].do: must be one of rerun, quarantine, leave, is 'rerum'; did you mean rerun?, in recovery.yaml line 5",
        'rules[1].match: must be an object, is empty, in recovery.yaml line 7',
      ].join('\n'),
    );
  });

  it.each([
    ['match: {error: "("}', 'rules[0].match.error: the regex ( cannot be read from character 1 on: ('],
    ['match: {fw_id: 5-3}', 'rules[0].match.fw_id: the range 5-3 goes backwards; did you mean 3-5?'],
    ['match: {fingerprint: xyz}', "rules[0].match.fingerprint: is no fingerprint: 'xyz'"],
    ['match: {query: "{a"}', 'rules[0].match.query: it ends too early'],
    ['match: {attempts: {min: 3, max: 2}}', 'rules[0].match.attempts: has a min that is more than its max'],
    ['match: {}, backoff: soon', 'rules[0].backoff: "soon" is no length of time'],
    [
      'match: {}, window: {from: "25:00", to: "7:00"}',
      `rules[0].window.from: must be a time like "06:30", is '25:00'`,
    ],
    ['match: {}, set: {"a..b": 1}', 'rules[0].set.a..b: "a..b" is no path below spec'],
    ['match: {}, sort: created_on, rsort: created_on', 'rules[0].rsort: cannot stand beside sort'],
  ])('with %s is refused at its place', (written, what) => {
    const message = complaint(`rules:\n  - {name: a, ${written}, do: rerun}`);
    expect(message).toContain(what);
    expect(message).toContain('in recovery.yaml line 2');
  });

  it('is refused when a rule has the name of another, or limits of reruns without one', () => {
    const text =
      'rules:\n  - {name: a, match: {}, do: leave, transient: true}\n  - {name: a, match: {}, do: rerun}';
    expect(complaint(text)).toBe(
      'rules[0].transient: has no meaning with do: leave, in recovery.yaml line 2\n' +
        "rules[1].name: is the name of an earlier rule, too: 'a', in recovery.yaml line 3",
    );
    expect(complaint('- 1')).toBe('a policy is keys with values, of which rules is needed, in recovery.yaml');
  });

  it('warns of rules that are never asked', () => {
    const text = 'rules: [{name: a, match: {}, do: leave}, {name: b, match: {lost: true}, do: rerun}]';
    const { warnings } = parsePolicyText(text, { file: 'recovery.yaml', format: 'yaml' });
    expect(warnings).toEqual(['the rule b is never asked: a before it matches everything']);
  });
});
