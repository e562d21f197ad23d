/** Every command of `lpad`, in the order of `lpad --help`. Definitions are data; handlers are loaded when they run. */
import type { Command } from '../define-command';
import { add } from './add';
import { getFws } from './get-fws';
import { getWflows } from './get-wflows';
import { rerunFws } from './rerun-fws';
import { reset } from './reset';
import { version } from './version';

export const COMMANDS: readonly Command[] = [getFws, getWflows, rerunFws, add, reset, version];
