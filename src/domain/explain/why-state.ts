/** Why a Firework is in its state, in sentences, and what can be typed next. */
import type { Launch, Timestamp } from '../model';
import type { Quarantine } from '../recovery/night';
import type { QuarantineStanding } from '../recovery/quarantine-standing';
import { sinceText } from '../rerun/rerun-words';
import { isHeld, type FireworkState } from '../state';
import { isLost } from '../upkeep/lost-launches';

export interface ParentState {
  readonly fwId: number;
  readonly name: string;
  readonly state: FireworkState;
  /** Lets this Firework run: COMPLETED, or FIZZLED where that is tolerated. */
  readonly satisfied: boolean;
}

/** A command of the journal. */
export interface HeldBy {
  readonly journalId: string;
  readonly user: string;
  readonly host: string;
  readonly on: Date;
  readonly commandLine: readonly string[];
}

export interface StateFacts {
  readonly fwId: number;
  readonly state: FireworkState;
  readonly updatedOn: Timestamp;
  readonly parents: readonly ParentState[];
  /** That stands for its state. */
  readonly launch: Launch | undefined;
  /** Of a FIZZLED one. */
  readonly fingerprint?: { readonly fingerprint: string; readonly pattern: string } | undefined;
  /** Of a FIZZLED one, where it still means something. */
  readonly quarantine?:
    { readonly quarantine: Quarantine; readonly standing: QuarantineStanding } | undefined;
  /** Who paused, defused or archived it, where the journal knows. */
  readonly heldBy?: HeldBy | undefined;
  /** Who may run it, of the spec: its category, its worker. */
  readonly asksFor: readonly string[];
  readonly now: Date;
  /** Seconds of silence after which a run counts as lost. */
  readonly expirationSecs: number;
}

export interface Explanation {
  readonly why: readonly string[];
  /** Command lines. */
  readonly next: readonly string[];
}

export function whyState(facts: StateFacts): Explanation {
  const { state, fwId } = facts;
  const id = String(fwId);
  if (isHeld(state)) return whyHeld(facts);
  if (state === 'WAITING') return whyWaiting(facts);
  if (state === 'RUNNING') return whyRunning(facts);
  if (state === 'RESERVED') return whyReserved(facts);
  if (state === 'FIZZLED') return whyFizzled(facts);
  if (state === 'COMPLETED') {
    const { launch } = facts;
    const where = launch
      ? `launch ${String(launch.launchId)} COMPLETED on ${launch.host} in ${launch.launchDir}`
      : 'it is COMPLETED without a launch';
    return { why: [where], next: [`lpad rerun_fws -i ${id} --dry-run`] };
  }
  const only =
    facts.asksFor.length === 0
      ? 'any rocket may take it'
      : `only a rocket with ${facts.asksFor.join(' and ')} may take it`;
  return { why: [`its parents are done, and ${only}`], next: [`rlaunch singleshot -f ${id}`] };
}

function whyWaiting({ fwId, parents }: StateFacts): Explanation {
  const missing = parents.filter(({ satisfied }) => !satisfied);
  if (missing.length === 0)
    return {
      why: ['all that it waits for is done: a refresh is due'],
      next: [`lpad admin refresh -i ${String(fwId)}`],
    };
  const [first] = missing;
  return {
    why: missing.map((one) => `it waits for ${String(one.fwId)} (${one.name}), which is ${one.state}`),
    next: first ? [`lpad explain -i ${String(first.fwId)}`] : [],
  };
}

function whyRunning({ fwId, launch, now, expirationSecs, updatedOn }: StateFacts): Explanation {
  if (launch?.state !== 'RUNNING')
    return {
      why: [`it is RUNNING since ${sinceText(updatedOn)}, but none of its launches is`],
      next: [`lpad detect_lostruns --refresh -q '{"fw_id": ${String(fwId)}}'`],
    };
  const entry = launch.stateHistory.findLast(({ state }) => state === 'RUNNING');
  const begun = entry?.created_on ?? launch.timeStart;
  const heard = entry?.updated_on ?? begun;
  const why = [
    `launch ${String(launch.launchId)} runs on ${launch.host} in ${launch.launchDir}${begun === null ? '' : ` since ${sinceText(begun)}`}`,
    `its last sign of life was ${heard === null ? 'never' : `at ${sinceText(heard)}`}`,
  ];
  if (!isLost(launch, { now, expirationSecs })) return { why, next: [`lpad track_fws -i ${String(fwId)}`] };
  return {
    why: [...why, `that is longer ago than ${String(expirationSecs)} s: the run is lost`],
    next: [`lpad detect_lostruns --rerun -q '{"fw_id": ${String(fwId)}}'`],
  };
}

function whyReserved({ fwId, launch, updatedOn }: StateFacts): Explanation {
  const entry = launch?.stateHistory.findLast(({ state }) => state === 'RESERVED');
  const qid = launch?.stateHistory.findLast((one) => one.reservation_id !== undefined)?.reservation_id;
  const since = `it is reserved since ${sinceText(entry?.created_on ?? updatedOn)}`;
  if (qid === undefined)
    return { why: [`${since}, and no job of a queue is known for it`], next: ['lpad detect_unreserved'] };
  return {
    why: [`${since}, and job ${qid} of the queue is to run it`],
    next: [`lpad get_qids -i ${String(fwId)}`, `lpad cancel_qid --qid ${qid}`],
  };
}

function whyFizzled({ fwId, launch, fingerprint, quarantine }: StateFacts): Explanation {
  const id = String(fwId);
  const why =
    launch?.state === 'FIZZLED'
      ? `launch ${String(launch.launchId)} failed on ${launch.host} in ${launch.launchDir}: ${fingerprint?.pattern ?? ''}`
      : 'none of its launches FIZZLED: what its launch returned could not be applied, or its workflow could not be refreshed';
  return {
    why: [why, ...(quarantine ? [quarantineWords(quarantine)] : [])],
    next: [
      ...(quarantine?.standing === 'in force' ? [`lpad quarantine release -i ${id}`] : []),
      `lpad rerun_fws -i ${id}`,
      ...(fingerprint ? [`lpad failures --fingerprint ${fingerprint.fingerprint}`] : []),
    ],
  };
}

function quarantineWords({ quarantine, standing }: NonNullable<StateFacts['quarantine']>): string {
  const { rule, night, since, reason, launchId, releasedOn, releasedBy } = quarantine;
  const by = `by the rule ${rule} in the night ${night}`;
  if (standing === 'in force') return `it is quarantined since ${sinceText(since)}, ${by}: ${reason}`;
  const released = `${releasedBy} released it from quarantine at ${sinceText(releasedOn ?? since)}`;
  if (standing === 'released before')
    return `${released}: for recovery the attempts up to launch ${String(launchId)} count no more`;
  return `${released}: recovery may try it again; it had been quarantined ${by}: ${reason}`;
}

const RELEASED_BY: Readonly<Record<string, string>> = { PAUSED: 'resume_fws', DEFUSED: 'reignite_fws' };

function whyHeld({ fwId, state, heldBy, updatedOn }: StateFacts): Explanation {
  const why = heldBy
    ? `${heldBy.user} on ${heldBy.host} made it ${state} at ${sinceText(heldBy.on)}: ${heldBy.commandLine.join(' ')}`
    : `it is ${state} since ${sinceText(updatedOn)}; the journal does not know by whom: by FireWorks, or by the action of a Firetask`;
  const command = RELEASED_BY[state];
  const release = command === undefined ? [] : [`lpad ${command} -i ${String(fwId)}`];
  return { why: [why], next: [...release, ...(heldBy ? [`lpad undo ${heldBy.journalId}`] : [])] };
}
