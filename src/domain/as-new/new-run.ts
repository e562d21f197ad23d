/** What a new run is, and what it may differ in from the recorded one. */
import type { ApplyMods } from '../actions/spec-access';
import type { LaunchRecord } from '../launch-record';
import type { Firework, Launch, NewWorkflow } from '../model';
import type { SpecEdit } from '../rerun/spec-edit';
import type { UndoMods } from './pushes';
import type { RecordedRun } from './recorded-run';

/** What becomes of a recorded run. */
export type Way =
  /** Every Firework of it again. */
  | { readonly kind: 'whole' }
  /** One Firework alone, with what it was given. */
  | { readonly kind: 'alone'; readonly fwId: number }
  /** One Firework and all below it again; the others stand as they are. */
  | { readonly kind: 'from'; readonly fwId: number };

/** What is different in the new run. */
export interface NewRunWishes {
  readonly name?: string;
  /** Into the metadata. */
  readonly project?: string;
  readonly domain?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** For the processes of Firetasks. */
  readonly env: Readonly<Record<string, string>>;
  readonly edits: readonly SpecEdit[];
  /** The specs as they are now. */
  readonly current: boolean;
  /** Specs of what is run again. */
  readonly definition?: NewWorkflow;
}

export interface NewRun {
  /** Its Fireworks have the ids of those that they repeat. */
  readonly workflow: NewWorkflow;
  /** Launches that come along, under the ids of the recorded ones. */
  readonly launches: readonly Launch[];
  readonly records: readonly LaunchRecord[];
  /** Recorded Fireworks that are run again; the others stand. */
  readonly executed: readonly number[];
  /** What a person should know. */
  readonly notes: readonly string[];
}

export type NewRunPlan =
  { readonly kind: 'planned'; readonly run: NewRun } | { readonly kind: 'refused'; readonly reason: string };

export interface PlanInput {
  readonly run: RecordedRun;
  readonly way: Way;
  readonly wishes: NewRunWishes;
  readonly now: Date;
  readonly applyMods: ApplyMods;
  readonly undoMods: UndoMods;
}

/** The whole plan is refused where a part of it cannot be made. */
export class Refusal extends Error {}

export function memberOf({ fireworks }: RecordedRun, fwId: number): Firework {
  const firework = fireworks.get(fwId);
  if (!firework) throw new Refusal(`Firework ${String(fwId)} is a member, but it is not in the database`);
  return firework;
}

const MOST_TITLES = 10;

export function titles(run: RecordedRun, fwIds: Iterable<number>): string {
  const all = [...fwIds].map((fwId) => titleOf(memberOf(run, fwId)));
  const more = all.length > MOST_TITLES ? `, and ${String(all.length - MOST_TITLES)} more` : '';
  return `${all.slice(0, MOST_TITLES).join(', ')}${more}`;
}

export function titleOf({ fwId, name }: Firework): string {
  return `${String(fwId)} ${name}`;
}
