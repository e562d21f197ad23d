import type { ValueObject } from '../../../src/domain/model';
import { checkWorkflow, type CheckedFirework } from '../../../src/domain/rules/workflow-check';
import { createLinks } from '../../../src/domain/workflow-graph';

type Edges = readonly (readonly [number, number])[];

function step(
  fwId: number,
  tasks: readonly ValueObject[],
  more: Partial<CheckedFirework> = {},
): CheckedFirework {
  const { spec, ...others } = more;
  return { fwId, name: `s${fwId}`, state: 'WAITING', spec: { _tasks: tasks, ...spec }, ...others };
}

function py(inputs: readonly string[], outputs: readonly string[], more: ValueObject = {}): ValueObject {
  return { _fw_name: 'PyTask', func: 'f', inputs, outputs, ...more };
}

function check(steps: readonly CheckedFirework[], edges: Edges): readonly string[] {
  return checkWorkflow(
    steps,
    createLinks(
      steps.map(({ fwId }) => fwId),
      edges,
    ),
  );
}

describe('the check of a workflow', () => {
  it.each<[string, readonly CheckedFirework[], Edges]>([
    ['an output of a parent', [step(1, [py([], ['x'])]), step(2, [py(['x'], [])])], [[1, 2]]],
    ['the own spec', [step(1, [py(['x'], [])], { spec: { x: 1 } })], []],
    ['an earlier Firetask', [step(1, [py([], ['x']), py(['x'], [])])], []],
    [
      'a COMPLETED parent, whose output is in the spec by now',
      [step(1, [py([], ['x'])], { state: 'COMPLETED' }), step(2, [py(['x'], [])], { spec: { x: 1 } })],
      [[1, 2]],
    ],
    [
      'one output, a list of texts',
      [step(1, [{ _fw_name: 'JoinListTask', inputs: [], output: 'x' }]), step(2, [py(['x'], [])])],
      [[1, 2]],
    ],
    [
      'the Firetask inside of a ForeachTask',
      [step(1, [{ _fw_name: 'ForeachTask', split: 'y', task: py([], ['x']) }]), step(2, [py(['x'], [])])],
      [[1, 2]],
    ],
    [
      'what a command_spec says',
      [
        step(
          1,
          [
            {
              _fw_name: 'CommandLineTask',
              command_spec: { a: { source: { type: 'data', value: 1 } }, b: { source: 'inB' } },
              inputs: ['a', 'b'],
              outputs: [],
            },
          ],
          { spec: { inB: 1 } },
        ),
      ],
      [],
    ],
    ['Firetasks that it does not know', [step(1, [{ _fw_name: 'MyTask', inputs: ['x', 'x'] }])], []],
  ])('accepts %s', (_what, steps, edges) => {
    expect(check(steps, edges)).toEqual([]);
  });

  it.each<[string, readonly CheckedFirework[], Edges, string]>([
    [
      'an input without a source',
      [step(1, [py(['x'], [])])],
      [],
      'Firework 1 s1: the input x has no source: no output of a parent, nothing in the spec, no earlier Firetask',
    ],
    [
      'an output of a grandparent',
      [step(1, [py([], ['x'])]), step(2, []), step(3, [py(['x'], [])])],
      [
        [1, 2],
        [2, 3],
      ],
      'Firework 3 s3: the input x has no source: no output of a parent, nothing in the spec, no earlier Firetask',
    ],
    [
      'two sources',
      [step(1, [py([], ['x'])]), step(2, [py(['x'], [])], { spec: { x: 1 } })],
      [[1, 2]],
      'Firework 2 s2: the input x has 2 sources, it needs one: Firework 1 s1, its own spec',
    ],
    [
      'an output that two Firetasks write',
      [step(1, [py([], ['x']), { _fw_name: 'JoinDictTask', inputs: [], output: 'x' }])],
      [],
      'Firework 1 s1: the output x is written more than once',
    ],
    [
      'a chunk as a source',
      [step(1, [py([], ['x'], { chunk_number: 0 })]), step(2, [py(['x'], [])])],
      [[1, 2]],
      'Firework 2 s2: the input x has no source: no output of a parent, nothing in the spec, no earlier Firetask',
    ],
    [
      'parts that nothing links',
      [step(1, []), step(2, []), step(3, [])],
      [[1, 3]],
      'the workflow is in several parts: nothing links 2 with 1',
    ],
    [
      'a cycle',
      [step(1, []), step(2, [])],
      [
        [1, 2],
        [2, 1],
      ],
      'the Fireworks wait for each other in a cycle: 1 -> 2 -> 1',
    ],
    [
      'outputs that are no list',
      [step(1, [{ _fw_name: 'PyTask', outputs: 'x' }])],
      [],
      'Firework 1 s1: PyTask: outputs must be a list',
    ],
    [
      'an input that its command_spec lacks',
      [step(1, [{ _fw_name: 'CommandLineTask', command_spec: {}, inputs: ['a'] }])],
      [],
      'Firework 1 s1: CommandLineTask: the input a is not in its command_spec',
    ],
  ])('refuses %s', (_what, steps, edges, problem) => {
    expect(check(steps, edges)).toContain(problem);
  });
});
