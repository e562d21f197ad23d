/** Firetasks that are Python by nature: they run in the user's own Python (firetasks.md, sections 2, 3 and 5). */
import type { ValueObject } from '../../../domain/model';
import { defineFiretask, type Firetask } from '../../define-firetask';
import { FLAG, INTEGER, parameters, TEXT, TEXTS } from '../parameter-types';
import type { PythonFeatures, PythonOptions } from './python-options';
import { runPython } from './run-python';

const PY_TASK = parameters(['func'], {
  func: { type: 'string' },
  args: { type: 'array' },
  kwargs: { type: 'object' },
  inputs: TEXTS,
  outputs: TEXTS,
  stored_data_varname: TEXT,
  chunk_number: INTEGER,
});

/** None is required, as in FireWorks: with `use_global_spec` they stand in the spec. */
const TEMPLATE_WRITER_TASK = parameters([], {
  template_file: { type: 'string' },
  context: { type: 'object' },
  output_file: { type: 'string' },
  append: FLAG,
  template_dir: TEXT,
  use_global_spec: FLAG,
});

/** FilePad keeps files in GridFS: FireWorks itself does it. */
const FILE_PAD_TASKS: Readonly<Record<string, ValueObject>> = {
  AddFilesTask: parameters(['paths'], {
    paths: { type: ['string', 'array'], items: { type: 'string' } },
    identifiers: TEXTS,
    directory: TEXT,
    compress: FLAG,
    metadata: { type: ['object', 'null'] },
    filepad_file: TEXT,
  }),
  GetFilesTask: parameters(['identifiers'], {
    identifiers: TEXTS,
    dest_dir: TEXT,
    new_file_names: TEXTS,
    filepad_file: TEXT,
  }),
  GetFilesByQueryTask: parameters(['query'], {
    query: { type: 'object' },
    sort_key: TEXT,
    sort_direction: INTEGER,
    limit: INTEGER,
    dest_dir: TEXT,
    new_file_names: TEXTS,
    filepad_file: TEXT,
  }),
  DeleteFilesTask: parameters(['identifiers'], { identifiers: TEXTS, filepad_file: TEXT }),
};

/** Those that a Python with these features can run; all of them where it is only asked what their parameters are. */
export function pythonFiretasks(options: PythonOptions, features: PythonFeatures): readonly Firetask[] {
  const define = (name: string, given?: ValueObject, aliases: readonly string[] = []): Firetask =>
    defineFiretask({
      name,
      aliases,
      ...(given === undefined ? {} : { parameters: given }),
      run: (context) => runPython(name, context, options),
    });
  const own = options.firetasks.filter((name) => !(name in FILE_PAD_TASKS));
  return [
    define('PyTask', PY_TASK),
    ...(features.jinja2
      ? [define('TemplateWriterTask', TEMPLATE_WRITER_TASK, ['Template Writer Task'])]
      : []),
    ...(features.fireworks
      ? [
          ...Object.entries(FILE_PAD_TASKS).map(([name, given]) => define(name, given)),
          ...own.map((name) => define(name)),
        ]
      : []),
  ];
}
