/** FireWorks' ImportDataTask: a file's data at a place of the spec (firetasks.md, section 6). */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isObject, type Value, type ValueObject } from '../../../domain/model';
import { readJson } from '../../../specs/reading/read-json';
import { readYaml } from '../../../specs/reading/read-yaml';
import { storedData } from '../../../specs/stored-spec';
import { defineFiretask, FiretaskError } from '../../define-firetask';
import { parameters } from '../parameter-types';
import { assertThat, atPath, keyError } from '../python-failures';

export const importDataTask = defineFiretask({
  name: 'ImportDataTask',
  parameters: parameters(['filename', 'mapstring'], {
    filename: { type: 'string' },
    mapstring: { type: 'string' },
  }),
  run: async ({ parameters: given, typed: { spec }, launchDir }) => {
    const filename = String(given['filename']);
    const path = String(given['mapstring']).split('/');
    const format = filename.split('.').at(-1);
    assertThat(format === 'json' || format === 'yaml');
    const text = await atPath(filename, () => readFile(resolve(launchDir, filename), 'utf8'));
    const data = storedData(format === 'json' ? readJson(text) : readYaml(text).value);
    const [top = ''] = path;
    return { update_spec: { [top]: placed(spec, path, data)[top] } };
  },
});

/** The object with the data at a path, all of whose parents must be there. */
function placed(object: ValueObject, path: readonly string[], data: Value): ValueObject {
  const [key = '', ...rest] = path;
  const known = Object.hasOwn(object, key) ? object[key] : undefined;
  if (rest.length === 0) return { ...object, [key]: merged(known, data) };
  if (known === undefined) throw keyError(key);
  if (!isObject(known)) {
    throw new FiretaskError('TypeError', `${key} of mapstring is no object, so there is nothing below it`);
  }
  return { ...object, [key]: placed(known, rest, data) };
}

/** An object goes into the object that is there; anything else takes its place. */
function merged(known: Value, data: Value): Value {
  if (!isObject(data) || known === undefined) return data;
  if (isObject(known)) return { ...known, ...data };
  throw new FiretaskError('AttributeError', 'the place of mapstring holds no object to merge the data into');
}
