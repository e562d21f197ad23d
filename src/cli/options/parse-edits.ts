/** `--set PATH=JSON` and `--unset PATH`: changes of the specs of the targets. Paths are below `spec`. */
import { LpadError } from '../../errors';
import type { SpecEdit } from '../../launchpad/rerun/rerun-fireworks';
import { parseJsonValue } from '../../specs/parse-query';
import { parseSpecPath } from '../../specs/typed/spec-path';

export function parseEdits(set: readonly string[], unset: readonly string[]): readonly SpecEdit[] {
  const removals = unset.map((path): SpecEdit => ({ path: parseSpecPath(path, '--unset'), action: 'unset' }));
  return [...set.map(parseSet), ...removals];
}

function parseSet(word: string): SpecEdit {
  const equals = word.indexOf('=');
  if (equals < 1) {
    throw new LpadError('USAGE', `--set ${word}: there is no PATH=VALUE in it`, {
      hint: "--set 'settings.cutoff=600'",
    });
  }
  const path = parseSpecPath(word.slice(0, equals), '--set');
  return { path, action: 'set', value: parseValue(word.slice(equals + 1)) };
}

/** What is no JSON is the text that was typed: `--set queue=debug` needs no quotes in quotes. */
function parseValue(text: string): unknown {
  try {
    return parseJsonValue(text, '--set');
  } catch (error) {
    if (error instanceof LpadError && !/^[[{"]/.test(text.trim())) return text;
    throw error;
  }
}
