import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { splitShellWords } from '../../../../../src/rocket/firetasks/script/shell-words';

describe('the words of a command', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [' a ', ['a']],
    ['', []],
    [`'a b' "c d"e`, ['a b', 'c de']],
    [`"" ''`, ['', '']],
    [`a\\ b`, ['a b']],
    [`"a\\"b\\n"`, ['a"b\\n']],
    [`'a\\b'`, ['a\\b']],
    [`it"'"s`, ["it's"]],
  ])('%j', (line, words) => {
    expect(splitShellWords(line)).toEqual(words);
  });

  it.each(['"a', "a'", 'a\\'])('refuses %j', (line) => {
    expect(() => splitShellWords(line)).toThrow('the command');
  });

  it('are those of sh', () => {
    const piece = fc.constantFrom('a', 'b ', ' ', '"', "'", '\\"', "\\'", '\\\\', '"x y"', "'x \\ y'", '\t');
    const words = (line: string): readonly string[] | undefined => {
      try {
        return splitShellWords(line);
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const line = pieces.join('');
        const ours = words(line);
        if (ours === undefined) return;
        const printed = execFileSync(
          '/bin/sh',
          ['-c', `for word in ${line}\ndo printf '%s|' "$word"; done`],
          { encoding: 'utf8' },
        );
        expect(printed).toBe(ours.map((word) => `${word}|`).join(''));
      }),
      { numRuns: 60 },
    );
  });
});
