/** The options that several commands share. Names and short flags are FireWorks' own, except where a line says ours. */
import type { ArgsOf, OptionSpecs } from './option-spec';

const SELECT = 'Which';
const SORT_KEYS = ['created_on', 'updated_on'] as const;

/** Which Fireworks, or for a command about workflows which workflows: all that are given must hold. */
export const SELECTOR_OPTIONS = {
  fw_id: { type: 'array', short: 'i', placeholder: 'IDS', group: SELECT, describe: 'ids: 3 5, 3,5 or 3-9' },
  name: {
    type: 'array',
    perUse: 'one word',
    short: 'n',
    placeholder: 'NAME',
    group: SELECT,
    describe: 'exact name; may be repeated',
  },
  state: {
    type: 'array',
    short: 's',
    placeholder: 'STATE',
    group: SELECT,
    describe: 'one of the nine states; may be repeated',
  },
  query: {
    type: 'string',
    short: 'q',
    placeholder: 'QUERY',
    group: SELECT,
    describe: "a MongoDB query, as JSON or a Python literal; '{}' is everything",
  },
} as const satisfies OptionSpecs;

/** What a command about Fireworks can ask of their launches. `error` and `fingerprint` are ours. */
export const LAUNCH_SELECTOR_OPTIONS = {
  launches_mode: {
    type: 'boolean',
    multiShort: 'lm',
    group: SELECT,
    describe: 'ask -q and -s of the active launches',
  },
  error: {
    type: 'string',
    placeholder: 'REGEX',
    group: SELECT,
    describe: 'the stack trace of an active launch matches',
  },
  fingerprint: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'F',
    group: SELECT,
    describe: 'FIZZLED with the error that lpad failures calls so; may be repeated',
  },
} as const satisfies OptionSpecs;

export const RESERVATION_OPTIONS = {
  qid: {
    type: 'string',
    placeholder: 'ID',
    group: SELECT,
    describe: 'submitted under this id of the batch queue',
  },
} as const satisfies OptionSpecs;

export const SORT_OPTIONS = {
  max: { type: 'number', short: 'm', placeholder: 'N', group: SELECT, describe: 'at most N; 0 is no limit' },
  sort: { type: 'string', choices: SORT_KEYS, placeholder: 'KEY', group: SELECT, describe: 'oldest first' },
  rsort: { type: 'string', choices: SORT_KEYS, placeholder: 'KEY', group: SELECT, describe: 'newest first' },
} as const satisfies OptionSpecs;

/** Ours, as Guild AI has it. */
export const LATEST_OPTIONS = {
  latest: {
    type: 'boolean',
    group: SELECT,
    needs: ['name'],
    conflicts: ['fw_id', 'max'],
    describe: 'of each name the marked Firework (mark_fws), or the one launched last',
  },
} as const satisfies OptionSpecs;

/** Everything that `get_fws` and `rerun_fws` select by, parsed by the same code (rerun.md §1). */
export const FIREWORK_SELECTOR_OPTIONS = {
  ...SELECTOR_OPTIONS,
  ...LAUNCH_SELECTOR_OPTIONS,
  ...SORT_OPTIONS,
} as const;

/** Everything that `get_wflows` and the commands that change Workflows select by. */
export const WORKFLOW_SELECTOR_OPTIONS = { ...SELECTOR_OPTIONS, ...SORT_OPTIONS } as const;

const DISPLAY_FORMATS = ['all', 'more', 'less', 'ids', 'count', 'reservations'] as const;

export const DISPLAY_OPTIONS = {
  display_format: {
    type: 'string',
    short: 'd',
    choices: DISPLAY_FORMATS,
    default: 'less',
    placeholder: 'FORMAT',
    group: 'Output',
    describe: 'how much of each',
  },
} as const satisfies OptionSpecs;

/** For commands that print what they found only when they are asked to. */
export const OPTIONAL_DISPLAY_OPTIONS = {
  display_format: {
    type: 'string',
    short: 'd',
    choices: [...DISPLAY_FORMATS, 'none'],
    placeholder: 'FORMAT',
    group: 'Output',
    describe: 'print what was found, so much of each',
  },
} as const satisfies OptionSpecs;

/** Ours. */
export const DRY_RUN_OPTION = {
  'dry-run': { type: 'boolean', group: 'Safety', describe: 'show what would become of each; write nothing' },
} as const satisfies OptionSpecs;

/** `yes` and `max-unasked` are ours. */
export const CONFIRM_OPTIONS = {
  yes: {
    type: 'boolean',
    short: 'y',
    group: 'Safety',
    describe: 'agree to a large change without being asked',
  },
  password: {
    type: 'string',
    placeholder: 'YYYY-MM-DD',
    group: 'Safety',
    describe: "today's date agrees too, as in FireWorks",
  },
  'max-unasked': {
    type: 'number',
    default: 10,
    placeholder: 'N',
    group: 'Safety',
    describe: 'ask before changing more than N',
  },
} as const satisfies OptionSpecs;

/** For commands that plan what they change: a look before, a plan file, and the question. `dry-run` and `plan` are ours. */
export const SAFETY_OPTIONS = {
  'dry-run': { type: 'boolean', group: 'Safety', describe: 'show what would become of each; write nothing' },
  plan: {
    type: 'string',
    placeholder: 'FILE',
    group: 'Safety',
    describe: 'write the plan to a file for lpad apply; nothing else is written',
  },
  ...CONFIRM_OPTIONS,
} as const satisfies OptionSpecs;

const OUTPUT_FORMATS = ['json', 'yaml', 'text', 'ids', 'markdown', 'html'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Before or after the command; after it, a short flag that the command itself defines is the command's. */
export const GLOBAL_OPTIONS = {
  launchpad_file: {
    type: 'string',
    short: 'l',
    placeholder: 'FILE',
    group: 'Global',
    describe: 'the my_launchpad.yaml to use',
  },
  config_dir: {
    type: 'string',
    short: 'c',
    placeholder: 'DIR',
    group: 'Global',
    describe: 'where my_launchpad.yaml is looked for first',
  },
  output: {
    type: 'string',
    short: 'o',
    choices: OUTPUT_FORMATS,
    placeholder: 'FORMAT',
    group: 'Global',
    describe: 'format of what goes to stdout',
  },
  logdir: { type: 'string', placeholder: 'DIR', group: 'Global', describe: 'also write logs there' },
  loglvl: {
    type: 'string',
    choices: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
    placeholder: 'LEVEL',
    group: 'Global',
    describe: 'how much is logged to stderr',
  },
  silencer: { type: 'boolean', short: 's', group: 'Global', describe: 'say nothing but warnings and errors' },
  debug: { type: 'boolean', group: 'Global', describe: 'show the stack of an error' },
  'no-color': { type: 'boolean', group: 'Global', describe: 'plain text, also on a terminal' },
  version: { type: 'boolean', short: 'v', group: 'Global', describe: 'show the version' },
  help: { type: 'boolean', short: 'h', group: 'Global', describe: 'show help' },
} as const satisfies OptionSpecs;

/** For programs that run Fireworks. */
export const WORKER_OPTIONS = {
  fworker_file: {
    type: 'string',
    short: 'w',
    placeholder: 'FILE',
    group: 'Global',
    describe: 'the my_fworker.yaml to use',
  },
} as const satisfies OptionSpecs;

export type GlobalArgs = ArgsOf<typeof GLOBAL_OPTIONS> & Partial<ArgsOf<typeof WORKER_OPTIONS>>;
export type SafetyArgs = ArgsOf<typeof SAFETY_OPTIONS>;
