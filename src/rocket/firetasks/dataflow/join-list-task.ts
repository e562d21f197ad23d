/** FireWorks' JoinListTask: values of the spec, each one element of a list of it (firetasks.md, section 6). */
import type { Value } from '../../../domain/model';
import { defineFiretask } from '../../define-firetask';
import { parameters, TEXTS } from '../parameter-types';
import { assertThat } from '../python-failures';
import { specValue } from './spec-values';

export const joinListTask = defineFiretask({
  name: 'JoinListTask',
  parameters: parameters(['inputs', 'output'], { inputs: TEXTS, output: { type: 'string' } }),
  run: ({ parameters: given, typed: { spec } }) => {
    const output = String(given['output']);
    const known: Value = Object.hasOwn(spec, output) ? spec[output] : [];
    assertThat(Array.isArray(known));
    const inputs = given['inputs'] as readonly string[];
    const joined = [...(known as readonly Value[]), ...inputs.map((input) => specValue(spec, input))];
    return { update_spec: { [output]: joined } };
  },
});
