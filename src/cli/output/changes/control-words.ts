/** What each command that changes Fireworks is called in sentences. */
import type { ControlEvent } from '../../../launchpad/control/control-fireworks';

export interface ControlWords {
  /** In the journal, and in questions: `pause`. */
  readonly verb: string;
  /** Of one that was changed: `paused`. */
  readonly done: string;
  /** In FireWorks' closing line: `Finished pausing`. */
  readonly doing: string;
  /** Whether the closing line counts Fireworks also when Workflows were selected. */
  readonly inFireworks?: true;
}

export const CONTROL_WORDS: Readonly<Record<ControlEvent, ControlWords>> = {
  PAUSE: { verb: 'pause', done: 'paused', doing: 'pausing' },
  RESUME: { verb: 'resume', done: 'resumed', doing: 'resuming' },
  DEFUSE: { verb: 'defuse', done: 'defused', doing: 'defusing' },
  REIGNITE: { verb: 'reignite', done: 'reignited', doing: 'reigniting' },
  ARCHIVE: { verb: 'archive', done: 'archived', doing: 'archiving' },
};

export const UPDATE_WORDS: ControlWords = { verb: 'update', done: 'updated', doing: 'updating' };
export const PRIORITY_WORDS: ControlWords = {
  verb: 'set the priority of',
  done: 'set',
  doing: 'setting priorities of',
  inFireworks: true,
};
export const MARK_WORDS: ControlWords = { verb: 'mark', done: 'marked', doing: 'marking' };
export const UNMARK_WORDS: ControlWords = { verb: 'unmark', done: 'unmarked', doing: 'unmarking' };
