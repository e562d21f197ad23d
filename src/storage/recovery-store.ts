/** The part of the port that `lpad recover` needs for itself: a lease, nights, their steps, and quarantines. */
import type { Night, Quarantine, RecoveryStep } from '../domain/recovery/night';

/** Who may do what one alone may do, until when; by name, as owners of locks are. */
export interface LeaseOwner {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Which steps: every condition must hold. */
export interface StepSelection {
  /** Key of a night. */
  readonly night?: string;
  readonly fwIds?: readonly number[];
  readonly fingerprints?: readonly string[];
  /** Decided then or later. */
  readonly since?: Date;
  /** Reruns that were done, which are few beside what a night decides. */
  readonly onlyReruns?: boolean;
}

export interface RecoveryStore {
  /**
   * Takes a lease in one step when it is free, when its owner is this one (which extends it), or when its owner is
   * `instead`, of whom the caller knows that it is dead. Who has it then.
   */
  takeLease(lease: string, owner: LeaseOwner, instead?: string): Promise<LeaseOwner>;
  /** Nothing when somebody else has it. */
  releaseLease(lease: string, owner: Pick<LeaseOwner, 'name'>): Promise<void>;

  /** In place of the night with this key. */
  putNight(night: Night): Promise<void>;
  /** Newest first by `startedOn`. */
  findNights(filter: { readonly key?: string; readonly limit?: number }): Promise<readonly Night[]>;

  /** With all their steps. */
  removeNights(keys: readonly string[]): Promise<void>;

  /** Each in place of that of the same night and Firework. */
  putSteps(steps: readonly RecoveryStep[]): Promise<void>;
  /** By night, and then by ascending fw_id. */
  findSteps(selection: StepSelection): AsyncIterable<RecoveryStep>;

  /** Each in place of that of the same Firework. */
  putQuarantines(quarantines: readonly Quarantine[]): Promise<void>;
  /** Of these Fireworks or all, by ascending fw_id; released ones too. */
  findQuarantines(fwIds?: readonly number[]): AsyncIterable<Quarantine>;
  /** Forgets them. */
  removeQuarantines(fwIds: readonly number[]): Promise<void>;
}
