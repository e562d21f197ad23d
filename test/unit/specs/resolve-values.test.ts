import { markerProblems } from '../../../src/specs/resolving/marker-problems';
import { resolveValues } from '../../../src/specs/resolving/resolve-values';
import { strftime } from '../../../src/specs/printing/strftime';

const now = new Date(2026, 10, 21, 9, 5, 7);
const env = { USER_NAME: 'ada', API_TOKEN: 'hunter2', EMPTY: '' };

describe('values that are resolved when a job runs', () => {
  it('are found wherever they stand, and the spec keeps its markers', () => {
    const spec = {
      time_now: { _resolve: 'now:%H-%M-%S' },
      deep: [{ user: { _resolve: 'env:USER_NAME' } }, 1],
      _tasks: [{ _fw_name: 'ScriptTask', script: ['true', { _resolve: 'env:EMPTY' }] }],
    };
    const before = JSON.stringify(spec);
    expect(resolveValues(spec, { env, now })).toEqual({
      spec: {
        time_now: '09-05-07',
        deep: [{ user: 'ada' }, 1],
        _tasks: [{ _fw_name: 'ScriptTask', script: ['true', ''] }],
      },
      resolved: [
        { path: 'spec.time_now', resolve: 'now:%H-%M-%S', value: '09-05-07' },
        { path: 'spec.deep[0].user', resolve: 'env:USER_NAME', value: 'ada' },
        { path: 'spec._tasks[0].script[1]', resolve: 'env:EMPTY', value: '' },
      ],
      problems: [],
    });
    expect(JSON.stringify(spec)).toBe(before);
  });

  it('cost a spec without any no copy', () => {
    const spec = { a: { b: [1, { c: null }] }, _tasks: [] };
    expect(resolveValues(spec, { env, now }).spec).toBe(spec);
  });

  it('keep the order of keys', () => {
    const { spec } = resolveValues({ a: 1, b: { _resolve: 'env:USER_NAME' }, c: 3 }, { env, now });
    expect(Object.keys(spec)).toEqual(['a', 'b', 'c']);
  });

  it('are not kept when there is a password in them', () => {
    const secret = { env: { DB: 'mongodb://ada:hunter2@host/lab' }, now };
    const { spec, resolved } = resolveValues({ db: { _resolve: 'env:DB' } }, secret);
    expect([spec['db'], resolved[0]?.value]).toEqual(['mongodb://ada:hunter2@host/lab', null]);
  });

  it('are not kept when the name of the variable says that they are secret', () => {
    expect(resolveValues({ key: { _resolve: 'env:API_TOKEN' } }, { env, now })).toEqual({
      spec: { key: 'hunter2' },
      resolved: [{ path: 'spec.key', resolve: 'env:API_TOKEN', value: null }],
      problems: [],
    });
  });

  it('are left alone in what the rocket notes of others', () => {
    const marker = { _resolve: 'env:NOWHERE' };
    const spec = {
      _fizzled_parents: [{ spec: { x: marker } }],
      _recovery: { _all_update_spec: { x: marker } },
    };
    expect(resolveValues(spec, { env, now })).toEqual({ spec, resolved: [], problems: [] });
  });

  it.each([
    [{ _resolve: 'env:NOWHERE' }, 'the environment has no variable NOWHERE'],
    [
      { _resolve: 'oc.env:HOME' },
      '"oc.env:HOME" cannot be resolved: it is now:FORMAT such as now:%H-%M-%S, or env:NAME',
    ],
    [{ _resolve: 'now' }, '"now" cannot be resolved: it is now:FORMAT such as now:%H-%M-%S, or env:NAME'],
    [{ _resolve: 'now:%Q' }, '%Q in "now:%Q" is not known'],
    [{ _resolve: 5 }, '_resolve must be a text, now:FORMAT such as now:%H-%M-%S, or env:NAME'],
    [{ _resolve: 'env:HOME', default: 'x' }, '_resolve stands alone in its object'],
  ])('are told of where they cannot be found: %j', (marker, problem) => {
    const spec = { x: marker };
    expect(resolveValues(spec, { env, now })).toEqual({
      spec,
      resolved: [],
      problems: [`spec.x: ${problem}`],
    });
  });

  it('are those of an earlier run when they are frozen, whatever the time and the environment are', () => {
    const spec = {
      at: { _resolve: 'now:%H' },
      who: { _resolve: 'env:USER_NAME' },
      key: { _resolve: 'env:API_TOKEN' },
    };
    const { resolved } = resolveValues(spec, { env, now });
    const later = { env: { API_TOKEN: 'new' }, now: new Date(2027, 1, 1), frozen: resolved };
    expect(resolveValues(spec, later).spec).toEqual({ at: '09', who: 'ada', key: 'new' });
    expect(resolveValues({ ...spec, other: { _resolve: 'now:%Y' } }, later).problems).toEqual([
      'spec.other: the first run has left no value for it',
    ]);
  });

  it('are checked in a workflow file but for what only the run can tell', () => {
    const spec = { x: { _resolve: 'env:NOWHERE' }, list: [{ _resolve: 'nwo:%H' }] };
    expect(markerProblems(spec, ['spec'])).toEqual([
      {
        path: ['spec', 'list', 0],
        what: '"nwo:%H" cannot be resolved: it is now:FORMAT such as now:%H-%M-%S, or env:NAME',
      },
    ]);
  });
});

describe('strftime with the clock of a place', () => {
  it('shifts what is shown, and names the zone', () => {
    const microseconds = Date.parse('2026-11-21T23:45:00Z') * 1000;
    const format = '%Y-%m-%d %H:%M %z %Z %s';
    expect(strftime(format, { microseconds, offsetMinutes: 330 })).toBe(
      '2026-11-22 05:15 +0530 UTC+0530 1795304700',
    );
    expect(strftime(format, { microseconds, offsetMinutes: -480 })).toBe(
      '2026-11-21 15:45 -0800 UTC-08 1795304700',
    );
  });
});
