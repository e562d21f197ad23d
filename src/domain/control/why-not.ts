/** Why a Firework in some state is not paused, resumed, defused or reignited: in words, with what to do instead. */
import { allows } from '../rules/firework-machine';
import type { Firework } from '../model';
import { sinceText } from '../rerun/rerun-words';
import { isUnderWay, STATES, type FireworkState } from '../state';
import type { ControlEvent, ControlTarget } from './control-target';

type Refusal = Pick<ControlTarget, 'outcome' | 'reason'>;

const DONE: Readonly<Record<ControlEvent, string>> = {
  PAUSE: 'paused',
  RESUME: 'resumed',
  DEFUSE: 'defused',
  REIGNITE: 'reignited',
  ARCHIVE: 'archived',
};

/** States in which it is what the event would make it. */
const SATISFIED: Readonly<Partial<Record<ControlEvent, FireworkState>>> = {
  PAUSE: 'PAUSED',
  DEFUSE: 'DEFUSED',
  ARCHIVE: 'ARCHIVED',
};

export function whyNot(event: ControlEvent, firework: Firework): Refusal {
  const { state } = firework;
  if (state === SATISFIED[event]) return { outcome: 'skipped', reason: `is ${state} already` };
  if (event === 'DEFUSE' && state !== 'ARCHIVED') return refusedDefusal(firework);
  return { outcome: 'skipped', reason: `is ${state}; only ${allowedFrom(event)} can be ${DONE[event]}` };
}

/** FireWorks reruns these first: a result would be thrown away, or work that goes on be computed twice. */
function refusedDefusal({ fwId, state, updatedOn }: Firework): Refusal {
  const then = 'then defuse it';
  if (!isUnderWay(state)) {
    const reason = `is ${state}, and its result would be archived: lpad rerun_fws -i ${String(fwId)} first, ${then}`;
    return { outcome: 'refused', reason };
  }
  const since = `is ${state} since ${sinceText(updatedOn)}`;
  const first = allows(state, 'PAUSE')
    ? `cancel or pause it first, ${then}`
    : `wait, or lpad rerun_fws -i ${String(fwId)} --include-running, ${then}`;
  return { outcome: 'refused', reason: `${since}; ${first}` };
}

/** `WAITING, READY and RESERVED`, as the machine has it. */
function allowedFrom(event: ControlEvent): string {
  const states = STATES.filter((state) => allows(state, event));
  const last = states.at(-1) ?? '';
  return states.length < 2 ? last : `${states.slice(0, -1).join(', ')} and ${last}`;
}
