/** The commands that change states and specs of what is there, in the order of `lpad --help`. */
import type { Command } from '../../program/define-command';
import { archiveWflows } from './archive-wflows';
import { defuseFws } from './defuse-fws';
import { defuseWflows } from './defuse-wflows';
import { pauseFws } from './pause-fws';
import { pauseWflows } from './pause-wflows';
import { reigniteFws } from './reignite-fws';
import { reigniteWflows } from './reignite-wflows';
import { resumeFws } from './resume-fws';
import { resumeWflows } from './resume-wflows';
import { setPriority } from './set-priority';
import { updateFws } from './update-fws';

export const CONTROL_COMMANDS: readonly Command[] = [
  pauseFws,
  resumeFws,
  defuseFws,
  reigniteFws,
  updateFws,
  setPriority,
  pauseWflows,
  resumeWflows,
  defuseWflows,
  reigniteWflows,
  archiveWflows,
];
