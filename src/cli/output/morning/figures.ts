/** The numbers at the top of the report of the morning. */
import type { EndName, MorningReport } from '../../../launchpad/morning/load-morning';
import { counted } from '../counted';
import type { Figure } from './blocks';
import { CHANGED_BY_PEOPLE, endedSo } from './ends';
import { hours, percent } from './words';

export function figuresOf({ totals, night, decisions, history }: MorningReport): readonly Figure[] {
  const { failures, actions, canaries, ends, coreHoursAgain } = totals;
  const end = (...names: readonly EndName[]): number => endedSo(ends, ...names);
  const same = end('failed the same way');
  const other = end('failed with another error');
  const changed = end(...CHANGED_BY_PEOPLE);
  const againHours = hoursText(coreHoursAgain);
  const again = `${String(same)} the same way, ${String(other)} with another error${againHours === '' ? '' : `, ${againHours}`}`;
  const fresh = freshOf(history);
  return [
    figure('new failures', fresh.count, hoursText(fresh.coreHours, ' lost')),
    ...optional(
      'from before',
      failures - fresh.count,
      actions.kept > 0 ? `${String(actions.kept)} in quarantine` : '',
    ),
    ...optional('lost runs', night.lostLaunches, 'made FIZZLED first'),
    figure('rerun', actions.rerun, canaries > 0 ? counted(canaries, 'canary', 'canaries') : ''),
    figure('completed', end('completed'), percentOf(end('completed'), actions.rerun)),
    ...optional('running', end('running'), ''),
    ...optional('waiting', end('waiting'), 'for a rocket'),
    ...optional('failed again', same + other, again),
    ...optional('changed by people', changed, 'taken back, stopped, rerun or deleted'),
    ...optional('held', actions.hold, 'for a later call'),
    ...optional('quarantined', actions.quarantine, ''),
    ...optional('left', actions.leave, ''),
    ...optional('refused', actions.refused, ''),
    figure('to decide', decisions.length, ''),
  ];
}

/** Empty where it is next to nothing. */
function hoursText(value: number, behind = ''): string {
  const text = hours(value);
  return text === '0' ? '' : `${text} core hours${behind}`;
}

/** What there may be none of, and then nobody asks. */
function optional(label: string, value: number, note: string): readonly Figure[] {
  return value > 0 ? [figure(label, value, note)] : [];
}

/** What no earlier night knew: counted with the history, whose last night this is. */
function freshOf(history: MorningReport['history']): { readonly count: number; readonly coreHours: number } {
  const night = history.at(-1);
  if (!night) return { count: 0, coreHours: 0 };
  const count = [...night.failures.values()].reduce((sum, one) => sum + one, 0);
  return { count, coreHours: night.firstCoreHours + night.againCoreHours };
}

function percentOf(part: number, whole: number): string {
  const share = percent(part, whole);
  return share === '' ? '' : `${share} of the reruns`;
}

function figure(label: string, value: number, note: string): Figure {
  return { label, value: String(value), note };
}
