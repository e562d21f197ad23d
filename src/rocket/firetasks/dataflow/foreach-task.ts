/** FireWorks' ForeachTask: a Firework for each chunk of a list, as detours (firetasks.md, section 6). */
import { isObject, type Value, type ValueObject } from '../../../domain/model';
import { isoTimestamp } from '../../../domain/timestamps';
import { isTruthy } from '../../../domain/workflow-draft';
import { defineFiretask } from '../../define-firetask';
import { INTEGER, parameters } from '../parameter-types';
import { assertThat, keyError } from '../python-failures';
import { pythonRepr } from '../python-repr';
import { specValue } from './spec-values';

export const foreachTask = defineFiretask({
  name: 'ForeachTask',
  parameters: parameters(['task', 'split'], {
    task: { type: 'object', required: ['_fw_name'] },
    split: { type: 'string' },
    'number of chunks': INTEGER,
  }),
  run: ({ typed: { parameters: given, spec }, parameters: plainly }) => {
    const split = String(given['split']);
    const task = isObject(given['task']) ? given['task'] : {};
    const list = specValue(spec, split);
    assertThat(Array.isArray(list));
    assertSplitIsInput(task, split);
    const items = list as readonly Value[];
    assertThat(items.length > 0, pythonTuple('input to split is empty:', split));
    const chunks = chunksOf(items, plainly['number of chunks']);
    const now = isoTimestamp(new Date());
    return {
      detours: chunks.map((chunk, index) => ({
        spec: { ...spec, [split]: chunk, _tasks: [{ ...task, chunk_number: index }] },
        fw_id: -1 - index,
        created_on: now,
        updated_on: now,
        name: `ForeachTask ${String(index)}`,
      })),
    };
  },
});

function assertSplitIsInput(task: ValueObject, split: string): void {
  if (!Object.hasOwn(task, 'inputs')) throw keyError('inputs');
  const { inputs } = task;
  assertThat(Array.isArray(inputs) ? inputs.includes(split) : inputs === split);
}

/** Without a number of them one item each; with one, all as long as the longest, so that there may be fewer. */
function chunksOf(items: readonly Value[], wanted: Value): readonly (readonly Value[])[] {
  const count = isTruthy(wanted) ? Number(wanted) : items.length;
  const length = Math.max(1, Math.ceil(items.length / count));
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  );
}

function pythonTuple(...texts: readonly string[]): string {
  return `(${texts.map(pythonRepr).join(', ')})`;
}
