/** What every loop of `rlaunch` says of its pauses and its end. */
import type { OptionSpecs } from '../../options/option-spec';

export const PAUSE_OPTIONS = {
  sleep: {
    type: 'number',
    placeholder: 'SECS',
    describe: 'how long a pause is; else RAPIDFIRE_SLEEP_SECS (60)',
  },
  timeout: {
    type: 'number',
    placeholder: 'SECS',
    describe: 'start no further Firework after so many seconds',
  },
} as const satisfies OptionSpecs;
