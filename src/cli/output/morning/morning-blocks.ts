/** The report of the morning, in the order in which it is read: what to decide comes before what went well. */
import {
  END_NAMES,
  type MorningReport,
  type TalliedError,
  type Tried,
} from '../../../launchpad/morning/load-morning';
import { counted } from '../counted';
import { idRanges } from '../id-ranges';
import type { Block, Figure } from './blocks';
import { decisionEntry } from './decision-entries';
import { nightBlocks } from './night-blocks';
import { clipped, hours, minute, percent } from './words';

export function morningBlocks(report: MorningReport): readonly Block[] {
  const { night, asOf, errors, decisions } = report;
  const command = { key: night.key, policyFile: night.policyFile };
  return [
    { kind: 'title', text: `Recovery of ${night.key}` },
    { kind: 'lines', lines: [...callLines(report), `As of ${minute(asOf)}.`] },
    { kind: 'figures', figures: figuresOf(report) },
    { kind: 'heading', text: 'To decide' },
    ...(decisions.length === 0 ? [lines('Nothing waits for a person.')] : []),
    ...decisions.map((one) => decisionEntry(one, command)),
    { kind: 'heading', text: 'What was tried' },
    ...(errors.length === 0 ? [lines('Nothing had failed.')] : [errorTable(errors)]),
    ...errors.map(errorEntry),
    ...nightBlocks(report),
    ...undoBlocks(report),
  ];
}

function lines(...texts: readonly string[]): Block {
  return { kind: 'lines', lines: texts };
}

const STATUS_WORDS = {
  running: 'under way',
  done: 'done',
  held: 'done, something waits',
  partly: 'some failed',
  interrupted: 'interrupted',
} as const;

function callLines({ night, asOf }: MorningReport): readonly string[] {
  const { calls, policyFile, policyHash } = night;
  const last = calls.at(-1);
  const [first = last] = calls;
  if (!first || !last) return [];
  const times =
    last === first ? minute(first.startedOn) : `${minute(first.startedOn)} to ${minute(last.startedOn)}`;
  const users = [...new Set(calls.map(({ user, host }) => `${user} on ${host}`))].join(', ');
  return [
    `${counted(calls.length, 'call')}, ${times}, by ${users}; policy ${policyFile} (${policyHash}); the last one: ${STATUS_WORDS[last.status]}.`,
    ...(last.endedOn === null ? [unended(report(night.key, policyFile), last.startedOn, asOf)] : []),
  ];
}

function report(key: string, policyFile: string): string {
  return `lpad recover --policy ${policyFile} --key ${key}`;
}

function unended(again: string, startedOn: Date, asOf: Date): string {
  const minutes = Math.round((asOf.getTime() - startedOn.getTime()) / 60_000);
  return `It began ${counted(minutes, 'minute')} ago and has not said that it ended. If it has died, this goes on where it was: ${again}`;
}

function figuresOf({ totals, night, decisions }: MorningReport): readonly Figure[] {
  const { failures, actions, canaries, ends, coreHours, coreHoursAgain } = totals;
  const end = (...names: readonly (typeof END_NAMES)[number][]): number =>
    names.reduce((sum, name) => sum + (ends.get(name) ?? 0), 0);
  const same = end('failed the same way');
  const other = end('failed with another error');
  const changed = end('taken back', 'stopped', 'rerun since', 'deleted');
  const again = `${String(same)} the same way, ${String(other)} with another error, ${hours(coreHoursAgain)} core hours`;
  return [
    figure('failures', failures, `${hours(coreHours)} core hours lost`),
    ...(night.lostLaunches > 0 ? [figure('lost runs', night.lostLaunches, 'made FIZZLED first')] : []),
    figure('rerun', actions.rerun, canaries > 0 ? counted(canaries, 'canary', 'canaries') : ''),
    figure('completed', end('completed'), percentOf(end('completed'), actions.rerun)),
    figure(
      'under way',
      end('running', 'waiting'),
      `${String(end('running'))} running, ${String(end('waiting'))} waiting`,
    ),
    figure('failed again', same + other, same + other > 0 ? again : ''),
    ...(changed > 0 ? [figure('changed by people', changed, 'taken back, stopped, rerun or deleted')] : []),
    figure('held', actions.hold, actions.hold > 0 ? 'for a later call' : ''),
    figure('quarantined', actions.quarantine, ''),
    figure('left', actions.leave, ''),
    ...(actions.refused > 0 ? [figure('refused', actions.refused, '')] : []),
    figure('to decide', decisions.length, ''),
  ];
}

function percentOf(part: number, whole: number): string {
  const share = percent(part, whole);
  return share === '' ? '' : `${share} of the reruns`;
}

function figure(label: string, value: number, note: string): Figure {
  return { label, value: String(value), note };
}

const WIDEST_ERROR = 44;

function errorTable(errors: readonly TalliedError[]): Block {
  const count = ({ tried }: TalliedError, action: Tried['action']): number =>
    tried.filter((one) => one.action === action).reduce((sum, { fwIds }) => sum + fwIds.length, 0);
  const ended = ({ tried }: TalliedError, ...names: readonly (typeof END_NAMES)[number][]): number =>
    tried.reduce((sum, { ends }) => sum + names.reduce((all, name) => all + (ends.get(name) ?? 0), 0), 0);
  return {
    kind: 'table',
    head: [
      'error',
      'failures',
      'rerun',
      'completed',
      'under way',
      'same',
      'other',
      'held',
      'quarantined',
      'left',
      'core hours',
    ],
    rows: errors.map((error) => [
      clipped(error.pattern, WIDEST_ERROR),
      error.failures,
      count(error, 'rerun'),
      ended(error, 'completed'),
      ended(error, 'running', 'waiting'),
      ended(error, 'failed the same way'),
      ended(error, 'failed with another error'),
      count(error, 'hold'),
      count(error, 'quarantine'),
      count(error, 'leave') + count(error, 'refused'),
      hours(error.coreHours),
    ]),
  };
}

function errorEntry({ fingerprint, pattern, tried, newErrors }: TalliedError): Block {
  return {
    kind: 'entry',
    name: `${fingerprint}  ${pattern}`,
    lines: [
      ...tried.flatMap(triedLines),
      ...newErrors.map((one) => `another error, of ${idText(one.fwIds)}: ${one.fingerprint}  ${one.pattern}`),
    ],
    commands: [],
  };
}

const VERBS: Readonly<Record<Tried['action'], string>> = {
  rerun: 'rerun',
  refused: 'could not be rerun',
  hold: 'held',
  quarantine: 'quarantined',
  leave: 'left',
};

function triedLines(tried: Tried): readonly string[] {
  const { action, fwIds, notes, reason, otherReasons } = tried;
  const others = otherReasons > 0 ? ` (and ${counted(otherReasons, 'other reason')})` : '';
  const what = action === 'rerun' ? rerunWords(tried) : `: ${reason}${others}`;
  return [`${VERBS[action]} ${idText(fwIds)}${what}`, ...notes.map((note) => `note: ${note}`)];
}

function rerunWords({ rule, how, canaries, ends }: Tried): string {
  const way = how === '' ? '' : `, ${how}`;
  const first =
    canaries.length === 0
      ? ''
      : `, ${counted(canaries.length, 'canary', 'canaries')} ${idText(canaries)} first`;
  const came = END_NAMES.flatMap((name) => {
    const count = ends.get(name);
    return count === undefined ? [] : [`${String(count)} ${name}`];
  });
  return ` by the rule ${rule}${way}${first}: ${came.join(', ')}`;
}

const MOST_IDS = 60;

/** Ids while they fit, else how many they are. */
function idText(ids: readonly number[]): string {
  const ranges = idRanges(ids);
  return ranges.length <= MOST_IDS
    ? ranges
    : `${String(ids.length)} (${ranges.slice(0, ranges.lastIndexOf(',', MOST_IDS))} ...)`;
}

function undoBlocks({ night }: MorningReport): readonly Block[] {
  const ids = night.calls.flatMap(({ journalIds }) => journalIds).reverse();
  if (ids.length === 0) return [];
  return [
    { kind: 'heading', text: 'To take it back' },
    lines('The latest first; what has run since stays as it is.'),
    { kind: 'commands', commands: ids.map((id) => ({ says: '', command: `lpad undo ${id}` })) },
  ];
}
