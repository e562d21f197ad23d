/** What rerun_wflows and rerun_fws --as-new say about the new run. The letters are those of Flyte's command line. */
import type { OptionSpecs } from './option-spec';

const RUN = 'The new run';

export const NEW_RUN_OPTIONS = {
  current: {
    type: 'boolean',
    group: RUN,
    describe: 'the specs as they are now, with later edits, not as they were run',
  },
  project: {
    type: 'string',
    short: 'p',
    placeholder: 'NAME',
    group: RUN,
    describe: 'metadata.project of the new run',
  },
  domain: {
    type: 'string',
    short: 'd',
    placeholder: 'NAME',
    group: RUN,
    describe: 'metadata.domain of the new run, such as staging',
  },
  env: {
    type: 'array',
    perUse: 'one word',
    short: 'e',
    placeholder: 'KEY=VALUE',
    group: RUN,
    describe: 'a variable for the processes that its Firetasks start; may be repeated',
  },
  label: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'KEY=VALUE',
    group: RUN,
    describe: 'into metadata.labels; may be repeated',
  },
  follow: {
    type: 'boolean',
    short: 'f',
    group: RUN,
    describe: 'show its log until it ends; the exit status is that of the run',
  },
} as const satisfies OptionSpecs;

/** The same for rerun_fws, where they mean something with --as-new alone. */
export const NEW_RUN_OPTIONS_OF_FIREWORKS = {
  'as-new': {
    type: 'boolean',
    group: RUN,
    conflicts: [
      'task-level',
      'copy-data',
      'previous-dir',
      'launch_id',
      'clear-recovery',
      'include-running',
      'reset-held',
      'no-duplicates',
      'needed',
      'force-sourcecode',
    ],
    describe:
      'each Firework alone as a new Workflow, with the spec of its first run; the old one stays as it is',
  },
  current: { ...NEW_RUN_OPTIONS.current, needs: ['as-new'] },
  project: { ...NEW_RUN_OPTIONS.project, needs: ['as-new'] },
  domain: { ...NEW_RUN_OPTIONS.domain, needs: ['as-new'] },
  env: { ...NEW_RUN_OPTIONS.env, needs: ['as-new'] },
  label: { ...NEW_RUN_OPTIONS.label, needs: ['as-new'] },
  follow: { ...NEW_RUN_OPTIONS.follow, needs: ['as-new'] },
} as const satisfies OptionSpecs;
