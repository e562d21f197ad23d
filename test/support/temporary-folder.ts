import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty folder, removed after the test file that asked for it. Call it inside `describe` or at the top. */
export function temporaryFolder(): string {
  const folder = createTemporaryFolder();
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A new empty folder under its real path (a program started in it sees the same one). The caller removes it. */
export function createTemporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'lpad-test-')));
}
