/** A spec of a file as FireWorks stores it: it reads the file into Python objects and writes those. */
import { isObject, type Value, type ValueObject } from '../domain/model';
import { storedDateText } from './reading/file-dates';

/** FireWorks' FW_NAME_UPDATES: names of Firetasks in old files. */
const NEW_NAMES: Readonly<Record<string, string>> = {
  'Transfer Task': 'FileTransferTask',
  'Script Task': 'ScriptTask',
  'Template Writer Task': 'TemplateWriterTask',
  'Dupe Finder Exact': 'DupeFinderExact',
};

/** `_tasks` becomes a list, old names new ones, dates texts; the order of keys stays. */
export function storedSpec(spec: ValueObject): ValueObject {
  const stored = storedData(spec) as ValueObject;
  const tasks = stored['_tasks'];
  // Assigning to a key that is there keeps its place.
  return Array.isArray(tasks) ? stored : { ...stored, _tasks: [tasks] };
}

/** Data of a file as it stands in a spec; what needs no change is not copied. */
export function storedData(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return storedDateText(value);
  if (Array.isArray(value)) {
    const items = value.map(storedData);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  let changed = false;
  for (const entry of entries) {
    const [key, before] = entry;
    const renamed = key === '_fw_name' && typeof before === 'string' && Object.hasOwn(NEW_NAMES, before);
    const after = renamed ? NEW_NAMES[before] : storedData(before);
    changed ||= after !== before;
    entry[1] = after;
  }
  return changed ? Object.fromEntries(entries) : value;
}
