/** `npm run quickstart` without its build: every step of it checks itself. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram, type ProgramResult } from '../support/run-program';
import { temporaryFolder } from '../support/temporary-folder';

/** A busy machine may need long. */
const TIMEOUT_MS = 180_000;
jest.setTimeout(TIMEOUT_MS);

const SCRIPT = resolve(__dirname, '../../scripts/quickstart.mjs');

/** In an environment that names another database, which must be left alone. */
function quickstart(cwd: string): Promise<ProgramResult> {
  const env = { ...process.env, LPAD_URI: 'mongodb://127.0.0.1:1/precious', FW_CONFIG_FILE: '/no/such/file' };
  return runProgram(process.execPath, [SCRIPT], { cwd, env, timeoutMs: TIMEOUT_MS });
}

describe('the quickstart', () => {
  const folder = temporaryFolder();
  let ran: ProgramResult;

  beforeAll(async () => {
    ran = await quickstart(folder);
  });

  test('does what it shows, without a terminal', () => {
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('Done: every step did what it shows.');
  });

  test('shows the commands that a person would type, in order', () => {
    const shown = ran.stdout.split('\n').filter((line) => /^\$ (lpad|rlaunch) /.test(line));
    expect(shown).toEqual([
      '$ lpad init --path db',
      '$ lpad add workflow.yaml',
      '$ rlaunch rapidfire',
      '$ lpad get_fws -s FIZZLED',
      '$ lpad get_fws --error periods.csv -d ids',
      '$ lpad rerun_fws -s FIZZLED --dry-run',
      '$ lpad rerun_fws -s FIZZLED',
      '$ rlaunch rapidfire',
      '$ lpad get_wflows -d more',
    ]);
  });

  test('computes: the result is printed', () => {
    expect(ran.stdout).toMatch(/^g = 9\.8\d+ \+- 0\.\d+ m\/s2$/m);
  });

  test('leaves everything in its own folder', () => {
    expect(readdirSync(folder)).toEqual(['quickstart']);
  });

  test('begins anew when it is run again', async () => {
    expect(await quickstart(folder)).toMatchObject({ code: 0, stderr: '' });
  });
});

describe("somebody else's folder of that name", () => {
  const folder = temporaryFolder();

  test('is not touched', async () => {
    mkdirSync(join(folder, 'quickstart'));
    writeFileSync(join(folder, 'quickstart', 'thesis.tex'), '');
    const ran = await quickstart(folder);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('is not of an earlier quickstart');
    expect(readdirSync(join(folder, 'quickstart'))).toEqual(['thesis.tex']);
  });
});
