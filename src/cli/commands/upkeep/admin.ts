/** `lpad admin …`: FireWorks has these as a family, people type them also without it. */
import { defineCommand, type CommandArgs } from '../../program/define-command';
import { CONFIRM_OPTIONS, DRY_RUN_OPTION, SELECTOR_OPTIONS } from '../../options/option-groups';

const MAINTAIN_OPTIONS = {
  infinite: { type: 'boolean', describe: 'again and again, until it is interrupted' },
  maintain_interval: {
    type: 'number',
    placeholder: 'SECS',
    describe: 'the pause in between; else MAINTAIN_INTERVAL (120)',
  },
} as const;

export type MaintainArgs = CommandArgs<typeof MAINTAIN_OPTIONS>;

export const adminMaintain = defineCommand({
  notes:
    'What detect_lostruns --fizzle and detect_unreserved --rerun do, without a question. SIGINT and SIGTERM end it after ' +
    'what it is doing just then; the exit status is 130 then.',
  examples: [
    { command: 'lpad admin maintain', says: 'once, from cron for instance' },
    { command: 'lpad admin maintain --infinite --maintain_interval 600', says: 'every ten minutes' },
  ],
  options: MAINTAIN_OPTIONS,
  outputs: ['text', 'json'],
});

const TUNEUP_OPTIONS = {
  full: {
    type: 'boolean',
    describe: 'also give back the room of deleted documents; takes long, and slows others down',
  },
} as const;

export type TuneupArgs = CommandArgs<typeof TUNEUP_OPTIONS>;

export const adminTuneup = defineCommand({
  notes: 'Harmless at any time; --full is for a quiet hour. The embedded database needs neither.',
  examples: [
    { command: 'lpad admin tuneup', says: 'indexes that are missing' },
    { command: 'lpad admin tuneup --full', says: 'and compact fireworks and launches' },
  ],
  options: TUNEUP_OPTIONS,
  outputs: ['text'],
});

const REFRESH_OPTIONS = { ...SELECTOR_OPTIONS, ...DRY_RUN_OPTION, ...CONFIRM_OPTIONS } as const;

export type RefreshArgs = CommandArgs<typeof REFRESH_OPTIONS>;

export const adminRefresh = defineCommand({
  notes:
    'For what a crash, or a workflow that stayed locked, has left behind: every member gets the state that its parents ' +
    'and launches say, and results that were never handed on are. -i names any member; -n, -s and -q ask the workflows.',
  examples: [
    { command: 'lpad admin refresh -i 12', says: 'the workflow of Firework 12' },
    { command: 'lpad admin refresh -s RUNNING --dry-run', says: 'what is not as it should be' },
  ],
  options: REFRESH_OPTIONS,
  outputs: ['text', 'json', 'ids'],
});

const UNLOCK_OPTIONS = {
  ...SELECTOR_OPTIONS,
  force: { type: 'boolean', group: 'Safety', describe: 'also locks of programs that are at work' },
  ...DRY_RUN_OPTION,
  ...CONFIRM_OPTIONS,
} as const;

export type UnlockArgs = CommandArgs<typeof UNLOCK_OPTIONS>;

export const adminUnlock = defineCommand({
  notes:
    "Python's programs leave their locks behind when they are killed, and nobody can tell: look first that none is at " +
    'work. Locks of our own dead programs need no unlock, any command releases them; those at work are refused.',
  examples: [
    { command: 'lpad admin unlock -i 12', says: 'the workflow of Firework 12' },
    { command: `lpad admin unlock -q '{"locked": true}'`, says: 'every lock there is' },
  ],
  options: UNLOCK_OPTIONS,
  outputs: ['text', 'json', 'ids'],
});
