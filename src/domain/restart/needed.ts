/** `--needed`: why a Firework need not be rerun, in the words of Guild AI. */
import type { Timestamp, ValueObject } from '../model';
import type { SpecEdit } from '../rerun/spec-edit';

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

export interface NotCompared {
  /** Of `--set` and `--unset`. */
  readonly edits?: readonly SpecEdit[];
  readonly forceSourcecode?: boolean;
}

/** What a person should know about the comparison. */
export function unneededNotes(
  unneeded: Unneeded,
  { edits = [], forceSourcecode = false }: NotCompared,
): readonly string[] {
  const notes: string[] = [];
  if (unneeded.kind === 'unchanged' && !unneeded.run.recorded) {
    const launch = `launch ${String(unneeded.run.launchId)}`;
    notes.push(`${launch} has no record, as FireWorks' rocket ran it: compared with the present spec`);
  }
  const reserved = edits.filter(({ path: [first] }) => first.startsWith('_'));
  for (const { path } of reserved)
    notes.push(`${path.join('.')} was not compared: keys that begin with _ are no parameters`);
  if (forceSourcecode) notes.push('its source code was not compared');
  return notes;
}
