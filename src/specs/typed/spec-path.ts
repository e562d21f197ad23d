/** A path below `spec`, as people type it: `settings.cutoff`. */
import { LpadError } from '../../errors';

/** `spec.` in front is what a query needs, and no harm here. */
export function parseSpecPath(text: string, option: string): readonly [string, ...string[]] {
  const [first, ...rest] = text.replace(/^spec\./, '').split('.');
  if (first === undefined || [first, ...rest].some((key) => key === '')) {
    throw new LpadError('USAGE', `${option}: "${text}" is no path below spec`, {
      hint: `${option} settings.cutoff…`,
    });
  }
  return [first, ...rest];
}
