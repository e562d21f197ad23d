/**
 * Tests that need something from outside (a MongoDB, Python's FireWorks) are skipped loudly where it is missing, and
 * fail where that must not happen. scripts/test.ts finds them by the words in their names.
 */

export const SKIPPED_WITHOUT = 'SKIPPED without';

/** Whether a missing MongoDB or peer is a failure rather than a reason to skip. */
export function mustHaveAll(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['CI'] !== undefined && !['', '0', 'false'].includes(env['CI']);
}

export function describeWith(need: string, isThere: boolean, name: string, tests: () => void): void {
  if (isThere) {
    describe(name, tests);
    return;
  }
  if (mustHaveAll()) {
    throw new Error(`"${name}" needs ${need}, which is missing, and with CI=true nothing may be skipped`);
  }
  // The tests themselves are not even named: what is around them may need what is missing.
  describe.skip(`${name} (${SKIPPED_WITHOUT} ${need})`, () => {
    it(`needs ${need}`, () => undefined);
  });
}

/** What a global setup provides. Where it cannot, it says so loudly, and describeWith decides what that means. */
export async function provide<T>(need: string, attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const consequence = mustHaveAll() ? 'FAIL' : 'are SKIPPED';
    process.stderr.write(`\nNO ${need.toUpperCase()}: all tests that need it ${consequence}.\n${reason}\n\n`);
    return undefined;
  }
}
