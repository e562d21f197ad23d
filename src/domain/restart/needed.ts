/** `--needed`: why a Firework need not be rerun, in the words of Guild AI. */
import type { Timestamp, ValueObject } from '../model';

/** The last completed launch of a Firework that is COMPLETED. */
export interface CompletedRun {
  readonly fwId: number;
  readonly name: string;
  readonly launchId: number;
  readonly startedOn: Timestamp | null;
  readonly parameters: ValueObject;
  /** Without it, FireWorks' rocket ran it, and the parameters are those of the present spec. */
  readonly recorded: boolean;
}

export type Unneeded =
  | { readonly kind: 'unchanged'; readonly run: CompletedRun }
  /** Other Fireworks of the same name. */
  | { readonly kind: 'matched'; readonly runs: readonly CompletedRun[] };

const UNCHANGED = 'Skipping run because flags have not changed (--needed specified)';
const MATCHED = 'Skipping because the following runs match this operation (--needed specified):';

export function unneededReason({ kind }: Unneeded): string {
  return kind === 'unchanged' ? UNCHANGED : MATCHED;
}

/** What a person should know about the comparison. */
export function unneededNotes(unneeded: Unneeded): readonly string[] {
  if (unneeded.kind !== 'unchanged' || unneeded.run.recorded) return [];
  return [
    `launch ${String(unneeded.run.launchId)} has no record, as FireWorks' rocket ran it: compared with the present spec`,
  ];
}
