/** What a row's runs say against its targets. */
import type { Contestant } from '../run/contestants';
import type { Measurement } from '../run/measure';
import type { RowResult } from '../run/run-row';

export interface Figures {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly cpuMedian: number;
  readonly megabytes: number;
  readonly cutShort: boolean;
}

export interface Verdict {
  /** `25× FireWorks`. */
  readonly target: string;
  readonly reached: number;
  readonly ok: boolean;
}

export interface RowReport {
  readonly name: string;
  readonly title: string;
  readonly figures: Readonly<Partial<Record<Contestant, Figures>>>;
  readonly verdicts: readonly Verdict[];
}

/** For growing with the size: caches, and what a machine does besides. */
const LINEAR_SLACK = 1.5;

export function reportRow({ row, runs }: RowResult, earlier: readonly RowReport[]): RowReport {
  const figures: Partial<Record<Contestant, Figures>> = {};
  for (const [contestant, measurements] of runs) figures[contestant] = figuresOf(measurements);
  const { ours, floor, fireworks, embedded } = figures;
  const verdicts: Verdict[] = [];
  const atLeast = (target: number, reached: number, what: string): void => {
    verdicts.push({ target: `≥ ${target} × ${what}`, reached, ok: reached >= target });
  };
  const atMost = (target: number, reached: number, what: string): void => {
    verdicts.push({ target: `≤ ${target} × ${what}`, reached, ok: reached <= target });
  };
  if (!ours) return { name: row.name, title: row.title, figures, verdicts };
  if (row.timesFaster && fireworks)
    atLeast(row.timesFaster, fireworks.median / ours.median, 'faster than FireWorks');
  if (row.timesFloor && floor) atMost(row.timesFloor, ours.median / floor.median, 'the bare driver');
  if (row.memory && fireworks) atMost(1, ours.megabytes / fireworks.megabytes, "FireWorks' memory");
  const smaller = earlier.find(({ name }) => name === row.linearTo)?.figures.ours;
  const growth =
    row.linearTo === undefined ? 1 : row.seed.graph.size / Number(row.linearTo.split('-').at(-1));
  if (smaller)
    atMost(
      growth * LINEAR_SLACK,
      ours.median / smaller.median,
      `${row.linearTo ?? ''} (${growth} × the size)`,
    );
  const other = earlier.find(({ name }) => name === row.beside?.row)?.figures.ours;
  if (row.beside && other) {
    const { row: name, atLeastTimesFaster, atMostTimes } = row.beside;
    if (atLeastTimesFaster !== undefined)
      atLeast(atLeastTimesFaster, other.median / ours.median, `faster than ${name}`);
    if (atMostTimes !== undefined) atMost(atMostTimes, ours.median / other.median, name);
  }
  if (row.embedded === 'as fast' && embedded)
    atMost(1, embedded.median / ours.median, 'our time on MongoDB (embedded)');
  return { name: row.name, title: row.title, figures, verdicts };
}

function figuresOf(measurements: readonly Measurement[]): Figures {
  const seconds = measurements.map((one) => one.seconds).sort((one, other) => one - other);
  const cpu = measurements.map((one) => one.cpuSeconds ?? NaN).sort((one, other) => one - other);
  return {
    min: seconds[0] ?? NaN,
    median: middleOf(seconds),
    max: seconds.at(-1) ?? NaN,
    cpuMedian: middleOf(cpu),
    megabytes: Math.max(...measurements.map((one) => one.megabytes ?? NaN)),
    cutShort: measurements.some(({ cutShort }) => cutShort),
  };
}

function middleOf(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
