import type { Circumstances } from '../../../../src/domain/recovery/failure-facts';
import { countRepeats } from '../../../../src/domain/recovery/repeats';

const SPEC = { _tasks: [{ _fw_name: 'ScriptTask' }], mem: 32 };

function attempt(changes: Partial<Circumstances> = {}): Circumstances {
  return { spec: SPEC, source: undefined, worker: 'w1', host: 'node-1', ...changes };
}

const AGAIN = { spec: SPEC, edits: [], firstTask: 0 };

describe('what repeats itself', () => {
  it('are attempts under the circumstances of the last one, which are those of the next', () => {
    expect(countRepeats([attempt(), attempt()], AGAIN)).toEqual({ count: 2, unknownSpecs: 0 });
    expect(countRepeats([attempt({ worker: 'w2' }), attempt()], AGAIN).count).toBe(1);
    expect(countRepeats([attempt({ spec: { ...SPEC, mem: 16 } }), attempt()], AGAIN).count).toBe(1);
    expect(countRepeats([attempt({ source: 'a' }), attempt({ source: 'b' })], AGAIN).count).toBe(1);
    expect(countRepeats([attempt({ source: 'a' }), attempt({ source: 'a' })], AGAIN).count).toBe(2);
    expect(countRepeats([], AGAIN).count).toBe(0);
  });

  it('are none when the spec was edited since, or is edited by the rule', () => {
    const both = [attempt(), attempt()];
    expect(countRepeats(both, { ...AGAIN, spec: { ...SPEC, mem: 64 } }).count).toBe(0);
    const edits = (value: number) => [{ path: ['mem'], action: 'set', value }] as const;
    expect(countRepeats(both, { ...AGAIN, edits: edits(64) }).count).toBe(0);
    expect(countRepeats(both, { ...AGAIN, edits: edits(32) }).count).toBe(2);
    expect(countRepeats(both, { ...AGAIN, edits: [{ path: ['mem'], action: 'unset' }] }).count).toBe(0);
  });

  it('are those whose spec nobody noted, too, unless the rule edits it', () => {
    const both = [attempt({ spec: undefined }), attempt({ spec: undefined })];
    expect(countRepeats(both, AGAIN)).toEqual({ count: 2, unknownSpecs: 2 });
    expect(countRepeats(both, { ...AGAIN, edits: [{ path: ['mem'], action: 'set', value: 64 }] }).count).toBe(
      0,
    );
  });

  it('begin with the same Firetask; what reruns write into the spec by themselves is nothing', () => {
    const resumed = { ...SPEC, _recovery: { _task_n: 2, _prev_dir: '/a' }, _launch_dir: '/a', _priority: 5 };
    const both = [attempt(), attempt({ spec: resumed })];
    expect(countRepeats(both, { ...AGAIN, firstTask: 2 }).count).toBe(1);
    expect(countRepeats([...both, attempt({ spec: resumed })], { ...AGAIN, firstTask: 2 }).count).toBe(2);
    expect(countRepeats(both, AGAIN).count).toBe(1);
  });

  it('are the same whatever the order of the keys', () => {
    const { mem, _tasks } = SPEC;
    expect(countRepeats([attempt({ spec: { mem, _tasks } }), attempt()], AGAIN).count).toBe(2);
  });
});
