/** What a rule's rerun does beyond rerunning, in words. */
import type { RecoveryMode } from '../../domain/rerun/rerun-recovery';
import type { SpecEdit } from '../../domain/rerun/spec-edit';
import { toJsonText } from '../../specs/printing/print-json';

const DIRECTORIES = {
  cp: 'with a copy of its directory',
  prev_dir: 'in its directory',
  null: 'in a new directory',
} as const;

/** `from the Firetask that failed on, in its directory, with spec.x set to 2`; empty for a plain rerun. */
export function rerunWords(
  taskLevel: { readonly mode: RecoveryMode } | undefined,
  edits: readonly SpecEdit[],
): string {
  const from = taskLevel
    ? [`from the Firetask that failed on, ${DIRECTORIES[taskLevel.mode ?? 'null']}`]
    : [];
  const changes = edits.map(({ path, action, value }) =>
    action === 'set'
      ? `with spec.${path.join('.')} set to ${onOneLine(value)}`
      : `with spec.${path.join('.')} removed`,
  );
  return [...from, ...changes].join(', ');
}

function onOneLine(value: unknown): string {
  return toJsonText(value).replaceAll(/\s*\n\s*/g, ' ');
}
