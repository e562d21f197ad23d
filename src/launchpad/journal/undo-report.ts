/** What `lpad undo` is asked, and what it tells. */
import type { UndoOutcome } from '../../domain/journal/undo';
import type { JournalEntry } from '../../storage/launchpad-store';

export interface UndoRequest {
  readonly entries: readonly JournalEntry[];
  readonly dryRun: boolean;
  readonly lockWaitMs?: number;
}

export interface FireworkUndo extends Omit<UndoOutcome, 'outcome'> {
  readonly outcome: UndoOutcome['outcome'] | 'failed';
}

export interface UndoReport {
  /** Undefined when nothing was written. */
  readonly journalId?: string;
  readonly fireworks: readonly FireworkUndo[];
}
