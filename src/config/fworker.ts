/** my_fworker.yaml: the computing resource that rockets run on, by default FireWorks' automatic worker. */
import { isObject, type Value, type ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { parseQuery } from '../specs/parse-query';
import { toJsonLine } from '../specs/printing/print-json';
import { type ConfigFile, readConfigFile } from './config-files';
import type { ConfigOptions } from './config-options';
import { findSettingsFile } from './find-settings-file';
import { type FwConfig, loadFwConfig } from './fw-config';

export interface FWorker {
  readonly name: string;
  readonly category: string | readonly string[];
  /** Further conditions on the Fireworks that it runs. */
  readonly query: ValueObject;
  /** The query as FireWorks stores it with a launch. */
  readonly queryText: string;
  readonly env: ValueObject;
}

export const AUTOMATIC_FWORKER: FWorker = {
  name: 'Automatically generated Worker',
  category: '',
  query: {},
  queryText: '{}',
  env: {},
};

/** `fwConfig` is read when it is not given. */
export async function loadFWorker(options: ConfigOptions, fwConfig?: FwConfig): Promise<FWorker> {
  const found = await findSettingsFile('my_fworker', options, fwConfig ?? (await loadFwConfig(options)));
  if (!found) return AUTOMATIC_FWORKER;
  const read = await readConfigFile(found.file, 'fworker', found.namedBy);
  const { values } = read;
  const query = readQuery(read);
  return {
    name: String(values['name']),
    category: (values['category'] as string | readonly string[] | null | undefined) ?? '',
    query,
    queryText: toJsonLine(query),
    env: isObject(values['env']) ? values['env'] : {},
  };
}

/** FireWorks wants JSON text; an object is easier to write, and means the same. */
function readQuery({ values, document, file }: ConfigFile): ValueObject {
  const written: Value = values['query'];
  if (isObject(written)) return written;
  if (typeof written !== 'string' || written.trim() === '') return {};
  try {
    return parseQuery(written, 'query');
  } catch (error) {
    if (!(error instanceof LpadError)) throw error;
    const line = document.lineOf(['query']);
    const place = `${file}${line === undefined ? '' : ` line ${String(line)}`}`;
    throw new LpadError('BAD_CONFIG', `${error.message}, in ${place}`, {
      hint: `write it like query: '{"spec.size": 4}'`,
      cause: error,
    });
  }
}
