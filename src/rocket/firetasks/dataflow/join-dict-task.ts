/** FireWorks' JoinDictTask: values of the spec, gathered in one object of it (firetasks.md, section 6). */
import { isObject } from '../../../domain/model';
import { isTruthy } from '../../../domain/workflow-draft';
import { defineFiretask } from '../../define-firetask';
import { parameters, TEXTS } from '../parameter-types';
import { assertThat } from '../python-failures';
import { asObject, specValue } from './spec-values';

export const joinDictTask = defineFiretask({
  name: 'JoinDictTask',
  parameters: parameters(['inputs', 'output'], {
    inputs: TEXTS,
    output: { type: 'string' },
    rename: { type: ['object', 'null'], additionalProperties: { type: 'string' } },
  }),
  run: ({ parameters: given, typed: { spec } }) => {
    const output = String(given['output']);
    const known = Object.hasOwn(spec, output) ? spec[output] : {};
    assertThat(isObject(known));
    const rename = isTruthy(given['rename']) ? asObject(given['rename']) : {};
    const joined: Record<string, unknown> = { ...known };
    for (const input of given['inputs'] as readonly string[]) {
      joined[Object.hasOwn(rename, input) ? String(rename[input]) : input] = specValue(spec, input);
    }
    return { update_spec: { [output]: joined } };
  },
});
