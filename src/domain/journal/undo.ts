/** What is known when a patch is taken back, and what becomes of its Fireworks. */
import type { Firework, WorkflowView } from '../model';
import type { WorkflowPatch } from '../patch';
import type { FireworkState } from '../state';

export interface UndoInput {
  /**
   * With the whole specs of the Fireworks that the patch changed, their parents, the children of FIZZLED members, and the
   * launches that the patch changed. Undefined where there is no such workflow (any more).
   */
  readonly view: WorkflowView | undefined;
  /** Fireworks that the patch brought or took away, as far as they are there. */
  readonly existing?: ReadonlyMap<number, Firework>;
  readonly patch: WorkflowPatch;
  /** When the patch was committed. */
  readonly committedOn: Date;
  readonly now: Date;
}

export interface UndoOutcome {
  readonly fwId: number;
  readonly name: string;
  readonly outcome: 'restored' | 'moved on';
  readonly from: FireworkState | undefined;
  readonly to: FireworkState | undefined;
  /** What has moved on. */
  readonly reason?: string;
}

export interface UndoPlan {
  readonly patch: WorkflowPatch;
  readonly outcomes: readonly UndoOutcome[];
}
