import {
  compareWithList,
  onlyPattern,
  readAgreeing,
  readList,
  readOutcome,
} from '../../../scripts/oracle-plan';

describe('the list of agreeing scenarios', () => {
  it('has one name a line, and comments', () => {
    expect(readAgreeing('# all of these\n\nset/file/one\n  set/file/two # since 1.0\n')).toEqual([
      'set/file/one',
      'set/file/two',
    ]);
  });

  it('becomes a pattern that matches these names alone', () => {
    const pattern = new RegExp(onlyPattern(['a/b.c', 'd']));

    expect(['a/b.c', 'd', 'a/bxc', 'a/b.cd', 'ad'].filter((name) => pattern.test(name))).toEqual([
      'a/b.c',
      'd',
    ]);
  });

  it('is compared with what exists and what agreed', () => {
    expect(compareWithList(['a', 'gone'], ['a', 'b', 'c'], ['a', 'b'])).toEqual({
      unlisted: ['b'],
      unknown: ['gone'],
    });
  });
});

describe('what the runner prints', () => {
  it('lists the scenarios', () => {
    expect(readList('same   set/file/one\nbetter set/file/two\n')).toEqual(['set/file/one', 'set/file/two']);
  });

  it('says which agree; one it says nothing of has failed', () => {
    const printed = 'ok   a\nFAIL b: exit code: 1\n       more\ndiff: 1 of 3 scenarios agree\n';

    expect(readOutcome(printed, ['a', 'b', 'c'])).toEqual({ agreed: ['a'], failed: ['b', 'c'] });
  });
});
