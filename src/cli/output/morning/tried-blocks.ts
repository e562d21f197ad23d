/** What a night tried, error by error. */
import {
  END_NAMES,
  type EndName,
  type TalliedError,
  type Tried,
} from '../../../launchpad/morning/load-morning';
import { counted } from '../counted';
import { idRanges } from '../id-ranges';
import type { Block } from './blocks';
import { endedSo } from './ends';
import { clipped } from '../short-text';
import { hours } from './words';

const WIDEST_ERROR = 44;

export function errorTable(errors: readonly TalliedError[]): Block {
  const count = (error: TalliedError, ...actions: readonly Tried['action'][]): number =>
    sumOf([error], ({ action }) => actions.includes(action));
  const ended = ({ tried }: TalliedError, ...names: readonly EndName[]): number =>
    tried.reduce((sum, { ends }) => sum + endedSo(ends, ...names), 0);
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
      count(error, 'quarantine', 'kept'),
      count(error, 'leave', 'refused'),
      hours(error.coreHours),
    ]),
  };
}

export function errorEntry({ fingerprint, pattern, tried, newErrors }: TalliedError): Block {
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
  kept: 'in quarantine since before:',
};

function triedLines(tried: Tried): readonly string[] {
  const { action, fwIds, notes, reason, otherReasons } = tried;
  const others = otherReasons > 0 ? ` (and ${counted(otherReasons, 'other reason')})` : '';
  // Why something is in quarantine stands with what is to decide.
  const what = action === 'kept' ? '' : action === 'rerun' ? rerunWords(tried) : `: ${reason}${others}`;
  return [`${VERBS[action]} ${idText(fwIds)}${what}`, ...notes.map((note) => `note: ${note}`)];
}

function rerunWords({ rule, how, canaries, fwIds, ends }: Tried): string {
  const way = how === '' ? '' : `, ${how}`;
  const first = canaryWords(canaries, fwIds.length);
  const came = END_NAMES.flatMap((name) => {
    const count = ends.get(name);
    return count === undefined ? [] : [`${String(count)} ${name}`];
  });
  return ` by the rule ${rule}${way}${first}: ${came.join(', ')}`;
}

function canaryWords(canaries: readonly number[], all: number): string {
  if (canaries.length === 0) return '';
  if (canaries.length === all) return all === 1 ? ', as a canary' : ', as canaries';
  return `, ${counted(canaries.length, 'canary', 'canaries')} first (${idText(canaries)})`;
}

const MOST_IDS = 60;

/** Ids while they fit, else how many they are. */
function idText(ids: readonly number[]): string {
  const ranges = idRanges(ids);
  return ranges.length <= MOST_IDS
    ? ranges
    : `${String(ids.length)} (${ranges.slice(0, ranges.lastIndexOf(',', MOST_IDS))} ...)`;
}

function sumOf(errors: readonly TalliedError[], isCounted: (tried: Tried) => boolean): number {
  return errors
    .flatMap(({ tried }) => tried.filter(isCounted))
    .reduce((sum, { fwIds }) => sum + fwIds.length, 0);
}
