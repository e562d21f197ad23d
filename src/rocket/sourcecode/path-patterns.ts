/**
 * Shell patterns for paths, as in a .gitignore: one without a slash is asked of every name of the path, others from the
 * beginning; `**` stands for any folders; a folder that matches stands for all that is in it.
 */
import { segmentPattern } from '../directory/segment-pattern';

type Segments = readonly (RegExp | '**')[];

export function createPathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.map((pattern) => {
    const names = pattern.split('/').filter((name) => name !== '' && name !== '.');
    const isAnchored = pattern.replace(/\/$/, '').includes('/');
    return { isAnchored, segments: names.map((name) => (name === '**' ? name : segmentPattern(name))) };
  });
  return (path) => {
    const names = path.split('/');
    return all.some(({ isAnchored, segments }) =>
      isAnchored ? startsWith(names, segments) : names.some((_, at) => startsWith(names.slice(at), segments)),
    );
  };
}

function startsWith(names: readonly string[], segments: Segments): boolean {
  const [segment, ...further] = segments;
  if (segment === undefined) return true;
  if (segment === '**')
    return names.some((_, at) => startsWith(names.slice(at), further)) || further.length === 0;
  const [name, ...below] = names;
  return name !== undefined && segment.test(name) && startsWith(below, further);
}
