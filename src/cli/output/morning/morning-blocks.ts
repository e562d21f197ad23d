/** The report of the morning, in the order in which it is read: what to decide comes before what went well. */
import type { MorningReport, TalliedError, Tried } from '../../../launchpad/morning/load-morning';
import { counted } from '../counted';
import type { Block } from './blocks';
import { decisionEntry } from './decision-entries';
import { figuresOf } from './figures';
import { nightBlocks } from './night-blocks';
import { errorEntry, errorTable } from './tried-blocks';
import { minuteText } from '../short-text';
import { recoverAgain } from './words';

export function morningBlocks(report: MorningReport): readonly Block[] {
  const { night, asOf, errors, decisions } = report;
  const command = { key: night.key, policyFile: night.policyFile };
  return [
    { kind: 'title', text: `Recovery of ${night.key}` },
    { kind: 'lines', lines: [...callLines(report), `As of ${minuteText(asOf)}.`] },
    { kind: 'figures', figures: figuresOf(report) },
    { kind: 'heading', text: 'To decide' },
    ...(decisions.length === 0 ? [lines('Nothing waits for a person.')] : []),
    ...decisions.map((one) => decisionEntry(one, command)),
    ...laterLines(report),
    { kind: 'heading', text: 'What was tried' },
    ...(errors.length === 0 ? [lines('Nothing had failed.')] : [errorTable(errors)]),
    // What has been in quarantine since an earlier night stands above.
    ...errors.filter(({ tried }) => tried.some(({ action }) => action !== 'kept')).map(errorEntry),
    ...nightBlocks(report),
    ...undoBlocks(report),
  ];
}

/** What goes on without anybody. */
function laterLines({ totals, night, errors }: MorningReport): readonly Block[] {
  const waiting = totals.ends.get('waiting') ?? 0;
  const again = openOf(errors, ({ action }) => action === 'rerun');
  const held = openOf(errors, ({ action, why }) => action === 'hold' && why !== 'breaker open');
  const texts = [
    ...(waiting > 0
      ? [`${counted(waiting, 'Firework')} rerun and not launched yet: rockets take them.`]
      : []),
    ...(again > 0
      ? [`${counted(again, 'Firework')} failed again: a call of the next night decides about them.`]
      : []),
    ...(held > 0
      ? [`${counted(held, 'Firework')} held: a later call decides, as ${recoverAgain(night)}`]
      : []),
  ];
  return texts.length === 0 ? [] : [lines(...texts)];
}

function openOf(errors: readonly TalliedError[], isCounted: (tried: Tried) => boolean): number {
  return errors
    .flatMap(({ tried }) => tried.filter(isCounted))
    .reduce((sum, { openIds }) => sum + openIds.length, 0);
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
  const times = [...new Set([minuteText(first.startedOn), minuteText(last.startedOn)])].join(' to ');
  const users = [...new Set(calls.map(({ user, host }) => `${user} on ${host}`))].join(', ');
  return [
    `${counted(calls.length, 'call')}, ${times}, by ${users}; policy ${policyFile === '' ? policyHash : `${policyFile} (${policyHash})`}; the last one: ${STATUS_WORDS[last.status]}.`,
    ...(last.endedOn === null ? [unended(recoverAgain(night), last.startedOn, asOf)] : []),
  ];
}

function unended(again: string, startedOn: Date, asOf: Date): string {
  const minutes = Math.round((asOf.getTime() - startedOn.getTime()) / 60_000);
  return `It began ${counted(minutes, 'minute')} ago and has not said that it ended. If it has died, this goes on where it was: ${again}`;
}

function undoBlocks({ night }: MorningReport): readonly Block[] {
  const ids = [...night.calls].reverse().flatMap(({ journalIds }) => journalIds);
  if (ids.length === 0) return [];
  return [
    { kind: 'heading', text: 'To take it back' },
    lines('The latest first; what has run since stays as it is.'),
    { kind: 'commands', commands: ids.map((id) => ({ says: '', command: `lpad undo ${id}` })) },
  ];
}
