/** `lpad cache …`: what Fireworks with `_cache` find instead of running. */
import { CONFIRM_OPTIONS, DRY_RUN_OPTION } from '../../options/option-groups';
import { defineCommand, type CommandArgs } from '../../program/define-command';

const WHICH = {
  namespace: {
    type: 'array',
    perUse: 'one word',
    placeholder: 'NS',
    group: 'Which',
    describe: 'of this cache namespace; may be repeated',
  },
  fw_id: {
    type: 'array',
    short: 'i',
    placeholder: 'IDS',
    group: 'Which',
    describe: 'computed by these Fireworks: 3 5, 3,5 or 3-9',
  },
} as const;

export type CacheListArgs = CommandArgs<typeof WHICH>;

export const cacheList = defineCommand({
  notes:
    'An entry leads to the launch that computed the result; "usable" is whether that is still there. Fireworks get into the ' +
    'cache by _cache: true in their spec and a cache namespace of their workflow (lpad add --cache-namespace).',
  examples: [
    { command: 'lpad cache list', says: 'all of it' },
    { command: "lpad cache list --namespace 'my namespace'", says: 'one namespace' },
    { command: 'lpad cache list -i 3-9 -o json', says: 'what these Fireworks have computed, for a program' },
  ],
  options: WHICH,
  outputs: ['text', 'json', 'yaml', 'ids'],
});

const CLEAR_OPTIONS = {
  ...WHICH,
  all: {
    type: 'boolean',
    group: 'Which',
    conflicts: ['namespace', 'fw_id'],
    describe: 'the whole cache',
  },
  ...DRY_RUN_OPTION,
  ...CONFIRM_OPTIONS,
} as const;

export type CacheClearArgs = CommandArgs<typeof CLEAR_OPTIONS>;

export const cacheClear = defineCommand({
  notes:
    'Only what leads to the results is forgotten: the launches stay as they are, and a Firework that would have had a result ' +
    'from the cache is run. undo does not bring it back.',
  examples: [
    { command: "lpad cache clear --namespace 'my namespace'", says: 'one namespace' },
    { command: 'lpad cache clear -i 3', says: 'a result that is in doubt' },
    { command: 'lpad cache clear --all --yes', says: 'everything, without a question' },
  ],
  options: CLEAR_OPTIONS,
  outputs: ['text', 'json', 'ids'],
});
