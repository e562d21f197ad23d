import { NOTHING, add, countLine, skippedForWant, tallyOf, type JestReport } from '../../../scripts/report';

const EMPTY: JestReport = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
};

describe('the tally of a jest run', () => {
  it('counts tests', () => {
    const report = { ...EMPTY, numPassedTests: 7, numFailedTests: 2, numPendingTests: 1 };

    expect(tallyOf(report, 1)).toEqual({ passed: 7, failed: 2, skipped: 1 });
  });

  it('is a failure where jest left no report', () => {
    expect(tallyOf(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('is a failure where no test ran', () => {
    expect(tallyOf(EMPTY, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('is a failure where jest ended badly though no test failed', () => {
    expect(tallyOf({ ...EMPTY, numPassedTests: 3 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('counts a file that could not be loaded', () => {
    const report = { ...EMPTY, numPassedTests: 3, numRuntimeErrorTestSuites: 1 };

    expect(tallyOf(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });
});

describe('the count line', () => {
  it('names what was skipped only if something was', () => {
    expect(countLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(countLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('can be of several tallies', () => {
    expect(add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
    expect(add()).toEqual(NOTHING);
  });
});

describe('tests skipped for want of something', () => {
  it('are named once each, and other skipped tests are not among them', () => {
    const skipped = (title: string) => ({ status: 'pending', ancestorTitles: [title] });
    const report: JestReport = {
      ...EMPTY,
      testResults: [
        { assertionResults: [skipped('store (WANT)'), skipped('store (WANT)'), skipped('slow')] },
        { assertionResults: [{ status: 'passed', ancestorTitles: ['other (WANT)'] }] },
      ],
    };

    expect(skippedForWant(report, 'WANT')).toEqual(['store (WANT)']);
  });
});
