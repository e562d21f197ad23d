import { Binary, Decimal128, Double, Long, ObjectId } from 'bson';
import { fromLosslessJson, toLosslessJson } from '../../../src/specs/printing/lossless-json';
import { parseJobText, toJobText, type SavedJob } from '../../../src/specs/job-files/saved-job';
import { readJson } from '../../../src/specs/reading/read-json';

const JOB: SavedJob = {
  savedOn: '2026-11-21T09:00:00+00:00',
  launchDir: '/runs/a',
  launchId: 7,
  fwId: 3,
  runId: 2,
  rootId: 1,
  host: 'node-1',
  pid: 4711,
  versions: { lpad: '0.1.0', node: 'v20.19.0', platform: 'linux x64' },
  name: 'relax',
  worker: { name: 'w', category: ['a', 'b'], query: '{}', env: { cores: 1, share: new Double(1) } },
  environment: ['HOME'],
  resolved: [{ path: 'spec.at', resolve: 'now:%H', value: '09' }],
  firetasks: {
    modules: [{ module: '/tasks/greet.cjs', from: '/tasks/FW_config.yaml' }],
    python: 'python3',
    pythonFiretasks: [],
    templateDir: null,
    startedIn: '/runs',
    nameUpdates: {},
  },
  logdir: null,
  spec: { x: new Double(1), n: 1, at: { _resolve: 'now:%H' }, _tasks: [] },
};

describe('JSON that loses nothing', () => {
  it.each([
    ['integers and doubles', { int: 1, double: new Double(1), small: 1.5, zero: new Double(-0) }],
    ['64-bit integers', [Long.fromString('9007199254740993'), Long.fromNumber(5), Long.fromNumber(-3e9)]],
    ['what is no number', [new Double(NaN), new Double(Infinity)]],
    [
      'values of a database',
      { id: new ObjectId(), d: Decimal128.fromString('1.50'), b: new Binary(Buffer.from('x')) },
    ],
    ['dates', { at: new Date('2026-11-21T09:00:00.123Z') }],
    ['objects that only look like such values', { q: { $date: 'today' }, o: { $oid: { $numberInt: 1 } } }],
    ['texts', { 'é"\n': 'ü', empty: '', nothing: null, yes: true, list: [] }],
  ])('%s come back as they were', (_, value) => {
    const back = fromLosslessJson(readJson(toLosslessJson(value)));
    expect(withPlainNumbers(back)).toEqual(withPlainNumbers(value));
  });

  it('writes a double that is no int32 so that it comes back as one', () => {
    expect(toLosslessJson([3e9, 1e300, 7])).toBe('[\n    3000000000.0,\n    1e+300,\n    7\n]\n');
  });

  /** NaN and Infinity may be JavaScript's own: both are doubles. */
  function withPlainNumbers(value: unknown): unknown {
    return Array.isArray(value)
      ? value.map((one: unknown) => (one instanceof Double && !Number.isFinite(one.value) ? one.value : one))
      : value;
  }
});

describe('a saved job', () => {
  it('comes back from its file as it was, number types included', () => {
    expect(parseJobText(toJobText(JOB), 'job.json')).toEqual(JOB);
  });

  it('may not know its run', () => {
    const { runId: _, rootId: __, ...offline } = JOB;
    expect(parseJobText(toJobText(offline), 'job.json')).toEqual(offline);
  });

  const text = toJobText(JOB);
  it.each([
    ['cut off', text.slice(0, 300), /^the saved job is damaged: job[.]json line \d+ column \d+: /],
    [
      'empty',
      '',
      /^the saved job is damaged: job[.]json line 1 column 1: expected a value, but the text ends$/,
    ],
    [
      'of a newer format',
      text.replace('"format": 1', '"format": 2'),
      /^job[.]json has format 2 [(]lpad 0[.]1[.]0 wrote it[)]; this lpad reads formats up to 1$/,
    ],
    [
      'of no format that ever was',
      text.replace('"format": 1', '"format": 0'),
      /^job[.]json has format 0; this lpad/,
    ],
    ['something else', '{"spec": {}, "fw_id": 1}', /^job[.]json is no saved job$/],
    ['a list', '[]', /^job[.]json is no saved job$/],
    [
      'what came of a job',
      '{"format": 1, "action": {}}',
      /^job[.]json is what came of a job; the job itself/,
    ],
    ['without a spec', text.replace(/,\n {4}"spec"[^]*$/, '\n}'), /^spec: is missing, in job[.]json$/],
    [
      'of wrong types',
      text.replace('"fw_id": 3', '"fw_id": "3"'),
      /^fw_id: must be a whole number, is '3', in job[.]json line 6$/,
    ],
    [
      'with a broken value',
      text.replace('"n": 1', '"n": {"$oid": "x"}'),
      /^the saved job is damaged: job[.]json: /,
    ],
  ])('that is %s is refused, with the reason', (_, broken, reason) => {
    const read = (): SavedJob => parseJobText(broken, 'job.json');
    expect(read).toThrow(expect.objectContaining({ code: 'BAD_JOB', exitStatus: 2 }) as Error);
    expect(read).toThrow(reason);
  });
});
