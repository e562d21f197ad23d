/** The runs that make another one needless (`--needed`), as a list below its line and as data. */
import type { RerunOutcome } from '../../../launchpad/rerun/rerun-report';
import { toJsonLine } from '../../../specs/printing/print-json';
import { clipped, secondText } from '../short-text';

type Run = NonNullable<RerunOutcome['matches']>[number];

const MOST_SHOWN = 10;
const LONGEST_VALUE = 40;

/** `[3]  train  2026-11-21 16:40:01  COMPLETED  x=1.0 y=2`, as Guild lists runs. */
export function matchLines(runs: readonly Run[]): readonly string[] {
  const shown = runs.slice(0, MOST_SHOWN).map(({ fwId, name, startedOn, parameters, recorded }) => {
    const values = Object.entries(parameters).map(([key, value]) => `${key}=${valueText(value)}`);
    const note = recorded ? [] : ["(by FireWorks' rocket: values of the present spec)"];
    return [`[${String(fwId)}]`, name, momentText(startedOn), 'COMPLETED', values.join(' '), ...note]
      .filter((part) => part !== '')
      .join('  ');
  });
  const more = runs.length - shown.length;
  return more > 0 ? [...shown, `and ${String(more)} more`] : shown;
}

export function matchJson({ fwId, name, launchId, startedOn, parameters, recorded }: Run): unknown {
  return {
    fw_id: fwId,
    name,
    launch_id: launchId,
    started_on: startedOn,
    parameters,
    recorded,
  };
}

function momentText(moment: Run['startedOn']): string {
  return moment === null ? '' : secondText(moment);
}

function valueText(value: unknown): string {
  const text = typeof value === 'string' && /^\S+$/.test(value) ? value : toJsonLine(value);
  return clipped(text, LONGEST_VALUE);
}
