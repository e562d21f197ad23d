/** Tallies side by side, as a table of Markdown. */
import type { CauseTally, Tally } from './tally';

export interface Column {
  readonly name: string;
  readonly tally: Tally;
}

export function tableOf(columns: readonly Column[], nights: number): string {
  const rows: readonly (readonly [string, (tally: Tally) => string])[] = [
    [
      'recoverable Fireworks COMPLETED',
      ({ recovered, recoverable }) => `${whole(recovered)} of ${whole(recoverable)}`,
    ],
    [
      'workflows COMPLETED',
      ({ workflowsCompleted, workflows }) => `${whole(workflowsCompleted)} of ${whole(workflows)}`,
    ],
    ['nights to finish', ({ finishedAfter }) => String(finishedAfter ?? `not in ${String(nights)}`)],
    ['launches', ({ launches }) => whole(launches)],
    ['of these reruns', ({ reruns }) => whole(reruns)],
    ['core hours of work completed', ({ useful }) => whole(useful)],
    ['core hours wasted', ({ wasted }) => whole(wasted)],
    ['of these by reruns', ({ wastedByReruns }) => whole(wastedByReruns)],
    ['FIZZLED at the end', ({ fizzled }) => whole(fizzled)],
    ['of these quarantined', ({ quarantined }) => whole(quarantined)],
    ['of these to be tried again', ({ held }) => whole(held)],
    ...(columns[0]?.tally.causes ?? []).map(({ cause }): [string, (tally: Tally) => string] => [
      `failed: ${cause}`,
      ({ causes }) => causeWords(causes.find((one) => one.cause === cause)),
    ]),
  ];
  const lines = [
    ['', ...columns.map(({ name }) => name)],
    ['---', ...columns.map(() => '---')],
    ...rows.map(([name, cell]) => [name, ...columns.map(({ tally }) => cell(tally))]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function causeWords(one: CauseTally | undefined): string {
  if (!one || one.fireworks === 0) return 'none';
  const { fireworks, completed, failures, wasted, most } = one;
  return `${whole(fireworks)}, ${whole(completed)} COMPLETED; ${whole(failures)} times, ${String(most)} at most; ${whole(wasted)} h`;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
