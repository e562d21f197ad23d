import type { OptionSpec, OptionSpecs } from '../../options/option-spec';
import { defineCommand, type CommandArgs } from '../../program/define-command';
import { rerunFws } from './rerun-fws';

const POSITIONALS = {
  path: {
    type: 'array',
    required: true,
    placeholder: 'PATH/job.json',
    describe: 'the job that a rocket saved in .lpad of its launch directory',
  },
} as const;

const OWN = {
  frozen: {
    type: 'boolean',
    describe: 'values that are resolved when a job runs (_resolve) are those of the first run',
  },
  'dry-run': {
    type: 'boolean',
    describe: 'show what would be run, where and with which values; run nothing',
  },
  'include-running': {
    type: 'boolean',
    describe: 'also when the first run has left no result, and may be under way still',
  },
} as const satisfies OptionSpecs;

/** Of rerun_fws: whoever comes from there should not be stopped by them. */
export const IGNORED_OPTIONS: OptionSpecs = Object.fromEntries(
  Object.entries(rerunFws.options ?? {})
    .filter(([name]) => !Object.hasOwn(OWN, name) && name !== 'plan')
    .map(([name, spec]): [string, OptionSpec] => [name, ignored(spec)]),
);

function ignored({ type, short, multiShort, perUse }: OptionSpec): OptionSpec {
  return {
    type,
    describe: 'has no effect here',
    ignored: true,
    ...(short === undefined ? {} : { short }),
    ...(multiShort === undefined ? {} : { multiShort }),
    ...(perUse === undefined ? {} : { perUse }),
  };
}

export type RerunFromFileArgs = CommandArgs<typeof OWN, typeof POSITIONALS>;

export const rerunFromFile = defineCommand({
  notes:
    'Runs exactly that job again, in its directory, without a database: no state changes, children get nothing of the ' +
    'result, and trackers, background tasks and hooks are not called. Its output and log are appended, and what came of ' +
    'it is job_return.json beside the job; the result before is kept as job_return.1.json, and so on. One job per call. ' +
    'Other options are ignored, with a warning. Exit status: 0 COMPLETED, 1 FIZZLED or refused, 2 nothing was run ' +
    'because the file is missing, damaged or of a newer format, 130 interrupted.',
  examples: [
    {
      command: 'lpad rerun_from_file launcher_2026-11-21-11-35-46-596454/.lpad/job.json',
      says: 'that job again',
    },
    { command: 'lpad rerun_from_file .lpad/job.json --frozen', says: 'with the same moment and variables' },
    { command: 'lpad rerun_from_file .lpad/job.json --dry-run', says: 'look first' },
  ],
  positionals: POSITIONALS,
  options: { ...OWN, ...IGNORED_OPTIONS },
  // Asked for or not, nothing of it is printed: it is one of the options that are ignored.
  outputs: ['text', 'json', 'yaml', 'ids'],
});
