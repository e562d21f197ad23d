import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');

/** Runs a program in the repository's folder with this terminal; its exit code, or 1 if a signal ended it. */
export function runInherited(command: string, args: readonly string[], env = process.env): Promise<number> {
  return new Promise((done, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => {
      done(code ?? 1);
    });
  });
}

/** Ends this program with a status, once what it printed is out. */
export function endWith(main: () => Promise<number>): void {
  main().then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    },
  );
}
