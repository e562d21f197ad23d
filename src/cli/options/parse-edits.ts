/** `--set PATH=JSON` and `--unset PATH`: changes of the specs of the targets. Paths are below `spec`. */
import { LpadError } from '../../errors';
import type { SpecEdit } from '../../launchpad/rerun/rerun-fireworks';
import { parseJsonValue } from '../../specs/parse-query';

export function parseEdits(set: readonly string[], unset: readonly string[]): readonly SpecEdit[] {
  const removals = unset.map((path): SpecEdit => ({ path: parsePath(path, '--unset'), action: 'unset' }));
  return [...set.map(parseSet), ...removals];
}

function parseSet(word: string): SpecEdit {
  const equals = word.indexOf('=');
  if (equals < 1) {
    throw new LpadError('USAGE', `--set ${word}: there is no PATH=VALUE in it`, {
      hint: "--set 'settings.cutoff=600'",
    });
  }
  const path = parsePath(word.slice(0, equals), '--set');
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

/** `spec.` in front is what a query needs, and no harm here. */
function parsePath(text: string, option: string): readonly [string, ...string[]] {
  const [first, ...rest] = text.replace(/^spec\./, '').split('.');
  if (first === undefined || [first, ...rest].some((key) => key === '')) {
    throw new LpadError('USAGE', `${option}: "${text}" is no path below spec`, {
      hint: `${option} settings.cutoff…`,
    });
  }
  return [first, ...rest];
}
