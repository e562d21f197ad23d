/** Nights side by side: as a table everywhere, as charts on a page. */
import { mostFrequent, type MorningReport, type NightCount } from '../../../launchpad/morning/load-morning';
import type { Block, Chart } from './blocks';
import { CHANGED_BY_PEOPLE, endedSo } from './ends';
import { clipped } from '../short-text';
import { hours } from './words';

export function nightBlocks({ history, patterns }: MorningReport): readonly Block[] {
  if (history.length < 2 && history.every(({ failures }) => failures.size === 0)) return [];
  return [
    { kind: 'heading', text: 'Nights' },
    { kind: 'charts', charts: [failureChart(history, patterns), rerunChart(history), hoursChart(history)] },
    {
      kind: 'table',
      head: [
        'night',
        'failures',
        'lost',
        'rerun',
        'completed',
        'under way',
        'same',
        'other',
        'quarantined',
        'core hours',
        'again',
      ],
      rows: history.map(nightRow),
    },
    {
      kind: 'lines',
      lines: [
        'A failure counts in the night that met it first. Core hours are those that the failed launches of these took; again: of launches that were reruns.',
      ],
    },
  ];
}

function nightRow(night: NightCount): readonly (string | number)[] {
  const { key, failures, lostLaunches, reruns, quarantined, firstCoreHours, againCoreHours } = night;
  return [
    key,
    sum(failures.values()),
    lostLaunches,
    sum(reruns.values()),
    endedSo(night.reruns, 'completed'),
    endedSo(night.reruns, 'running', 'waiting'),
    endedSo(night.reruns, 'failed the same way'),
    endedSo(night.reruns, 'failed with another error'),
    quarantined,
    hours(firstCoreHours),
    hours(againCoreHours),
  ];
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Of the palette of Okabe and Ito, which people of every colour vision tell apart. */
const COLOURS = {
  orange: '#e69f00',
  sky: '#56b4e9',
  green: '#009e73',
  blue: '#0072b2',
  red: '#d55e00',
  purple: '#cc79a7',
  grey: '#999999',
} as const;

const ERROR_COLOURS = [
  COLOURS.blue,
  COLOURS.orange,
  COLOURS.green,
  COLOURS.purple,
  COLOURS.sky,
  COLOURS.red,
] as const;

function failureChart(history: readonly NightCount[], patterns: ReadonlyMap<string, string>): Chart {
  const shown = mostFrequent(history, ERROR_COLOURS.length);
  const isShown = new Set(shown);
  const rest = history.map(({ failures }) =>
    sum([...failures].filter(([fingerprint]) => !isShown.has(fingerprint)).map(([, count]) => count)),
  );
  const hasRest = sum(rest) > 0;
  return {
    title: 'Failures by night',
    unit: 'Fireworks',
    series: [
      ...shown.map((fingerprint, at) => ({
        name: clipped(patterns.get(fingerprint) ?? fingerprint, 60),
        colour: ERROR_COLOURS[at] ?? COLOURS.grey,
      })),
      ...(hasRest ? [{ name: 'other errors', colour: COLOURS.grey }] : []),
    ],
    columns: history.map((night, at) => ({
      label: labelOf(night),
      values: [
        ...shown.map((fingerprint) => night.failures.get(fingerprint) ?? 0),
        ...(hasRest ? [rest[at] ?? 0] : []),
      ],
    })),
  };
}

function rerunChart(history: readonly NightCount[]): Chart {
  return {
    title: 'Reruns by night, and what they came to',
    unit: 'Fireworks',
    series: [
      { name: 'completed', colour: COLOURS.green },
      { name: 'under way', colour: COLOURS.sky },
      { name: 'failed with another error', colour: COLOURS.orange },
      { name: 'failed the same way', colour: COLOURS.red },
      { name: 'changed by people', colour: COLOURS.grey },
    ],
    columns: history.map((night) => ({
      label: labelOf(night),
      values: [
        endedSo(night.reruns, 'completed'),
        endedSo(night.reruns, 'running', 'waiting'),
        endedSo(night.reruns, 'failed with another error'),
        endedSo(night.reruns, 'failed the same way'),
        endedSo(night.reruns, ...CHANGED_BY_PEOPLE),
      ],
    })),
  };
}

function hoursChart(history: readonly NightCount[]): Chart {
  return {
    title: 'Core hours lost by night',
    unit: 'core hours',
    series: [
      { name: 'of first attempts', colour: COLOURS.purple },
      { name: 'of reruns', colour: COLOURS.red },
    ],
    columns: history.map((night) => ({
      label: labelOf(night),
      values: [night.firstCoreHours, night.againCoreHours],
    })),
  };
}

/** Of a key that is a date, month and day. */
function labelOf({ key }: NightCount): string {
  return /^\d{4}-\d\d-\d\d$/.test(key) ? key.slice(5) : clipped(key, 8);
}
