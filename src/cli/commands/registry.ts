/** Every command of `lpad`, in the order of `lpad --help`. Definitions are data; handlers are loaded when they run. */
import type { Command } from '../program/define-command';
import { add } from './add';
import { apply } from './apply';
import { CONTROL_COMMANDS } from './control/control-commands';
import { appendWflow } from './growth/append-wflow';
import { getFws } from './get-fws';
import { getWflows } from './get-wflows';
import { init } from './init';
import { journal } from './journal';
import { checkWflow } from './look/check-wflow';
import { getFwsInWflows } from './look/get-fws-in-wflows';
import { getLaunchdir } from './look/get-launchdir';
import { getQids } from './look/get-qids';
import { introspect } from './look/introspect';
import { report } from './look/report';
import { trackFws } from './look/track-fws';
import { adminOrphaned } from './remove/admin-orphaned';
import { deleteWflows } from './remove/delete-wflows';
import { repair } from './repair';
import { rerunFws } from './rerun-fws';
import { reset } from './reset';
import { addScripts } from './transfer/add-scripts';
import { dumpWflow } from './transfer/dump-wflow';
import { exportCommand } from './transfer/export';
import { importCommand } from './transfer/import';
import { undo } from './undo';
import { adminMaintain, adminRefresh, adminTuneup, adminUnlock } from './upkeep/admin';
import { cancelQid } from './upkeep/cancel-qid';
import { detectLostruns } from './upkeep/detect-lostruns';
import { detectUnreserved } from './upkeep/detect-unreserved';
import { forgetOffline, recoverOffline } from './upkeep/offline';
import { version } from './version';

export const COMMANDS: readonly Command[] = [
  getFws,
  getWflows,
  getFwsInWflows,
  trackFws,
  getLaunchdir,
  getQids,
  checkWflow,
  report,
  introspect,
  dumpWflow,
  exportCommand,
  journal,
  rerunFws,
  ...CONTROL_COMMANDS,
  apply,
  undo,
  add,
  addScripts,
  appendWflow,
  deleteWflows,
  importCommand,
  detectLostruns,
  detectUnreserved,
  cancelQid,
  recoverOffline,
  forgetOffline,
  init,
  repair,
  adminMaintain,
  adminOrphaned,
  adminRefresh,
  adminTuneup,
  adminUnlock,
  reset,
  version,
];
