/**
 * The ```console blocks of a document: what stands behind `$ ` is typed, what follows is what it prints. A `...` alone on
 * its line stands for any lines. `<!-- console: COMMAND -->` is typed unseen. All of a document happens in one folder.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** What documents say instead of the folders of a test. */
const HOME = '/home/ada';
const FOLDER = `${HOME}/pendulum`;
const HOST = 'node-1';

export interface ConsoleStep {
  readonly command: string;
  /** Undefined for what is typed unseen. */
  readonly output: string | undefined;
  /** From 1. */
  readonly line: number;
}

export function consoleSteps(text: string): readonly ConsoleStep[] {
  const steps: ConsoleStep[] = [];
  let inside = false;
  let open: { command: string; output: string[]; line: number } | undefined;
  const close = (): void => {
    if (open) steps.push({ ...open, output: open.output.map((line) => `${line}\n`).join('') });
    open = undefined;
  };
  text.split('\n').forEach((line, index) => {
    const unseen = /^<!-- console: (.*) -->$/.exec(line)?.[1];
    if (unseen !== undefined) steps.push({ command: unseen, output: undefined, line: index + 1 });
    else if (line.startsWith('```')) {
      close();
      inside = !inside && line === '```console';
    } else if (inside && line.startsWith('$ ')) {
      close();
      open = { command: line.slice(2), output: [], line: index + 1 };
    } else if (inside && open?.command.endsWith('\\')) open.command += `\n${line}`;
    else if (inside) open?.output.push(line);
  });
  return steps;
}

export interface Typed {
  readonly status: number | null;
  /** stdout and stderr, in order. */
  readonly output: string;
}

export interface ConsoleSession {
  type(command: string): Typed;
  /** As in a crontab: in the home folder. */
  typeAsCron(command: string): Typed;
}

/** A shell in `<home>/pendulum`, beside the examples, which finds lpad and rlaunch on its PATH. */
export function openSession(home: string): ConsoleSession {
  const folder = join(home, 'pendulum');
  const bin = join(home, 'bin');
  mkdirSync(folder);
  mkdirSync(bin);
  for (const program of ['lpad', 'rlaunch']) writeShim(bin, program);
  cpSync(join(ROOT, 'examples'), join(home, 'examples'), { recursive: true });
  // For programs that import 'lpad'.
  mkdirSync(join(home, 'node_modules'));
  symlinkSync(ROOT, join(home, 'node_modules/lpad'));
  const env = {
    HOME: home,
    PATH: [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TZ: 'UTC',
    LANG: 'C.UTF-8',
  };
  const shell = (script: string, cwd: string): Typed => {
    const { status, stdout, error } = spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' });
    if (error) throw error;
    return { status, output: anonymous(stdout, home) };
  };
  let last = 0;
  return {
    type: (command) => {
      const typed = shell(`exec 2>&1 </dev/null; (exit ${String(last)}); ${command}`, folder);
      last = typed.status ?? 1;
      return typed;
    },
    typeAsCron: (command) => shell(`exec 2>&1 </dev/null; ${command.replaceAll(HOME, home)}`, home),
  };
}

function writeShim(folder: string, program: string): void {
  const file = join(folder, program);
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin', `${program}.js`)}' "$@"\n`);
  chmodSync(file, 0o755);
}

function anonymous(text: string, home: string): string {
  return text
    .replaceAll(join(home, 'pendulum'), FOLDER)
    .replaceAll(home, HOME)
    .replaceAll(ROOT, `${HOME}/lpad`)
    .replace(/("(?:host|hostname)": )"[^"]*"/g, `$1"${HOST}"`)
    .replace(/("ip": )"[^"]*"/g, '$1"10.0.0.1"')
    .replace(/("hosts": \[\s*)"[^"]*"/g, `$1"${HOST}"`)
    .replaceAll(`hosts:  ${hostname()}`, `hosts:  ${HOST}`)
    .replaceAll(` on ${hostname()}`, ` on ${HOST}`);
}

/** Whether a command printed what the document shows, but for what is never the same twice. */
export function agrees(shown: string, printed: string): boolean {
  const pattern = lines(shown)
    .map((line) => (line === '...' ? '(?:.*\n)*' : `${escaped(line)}\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${lines(printed).join('\n')}\n`);
}

function lines(text: string): readonly string[] {
  return withoutMoments(text)
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}

function withoutMoments(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?/g, '<moment>')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(,\d{3})?/g, '<moment>')
    .replace(/launcher_[\d-]{26}/g, 'launcher_<moment>')
    .replace(/\b\d{8}T\d{6}-[0-9a-f]{9}/g, '<journal id>')
    .replace(/\b\d+(\.\d+)? (ms|s|min|h)\b/g, '<a while>');
}

function escaped(line: string): string {
  return line.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** The document with what was really printed in place of what it shows. */
export function withOutputs(text: string, outputs: ReadonlyMap<number, string>): string {
  const result: string[] = [];
  let skipping = false;
  text.split('\n').forEach((line, index) => {
    if (skipping && (line.startsWith('$ ') || line.startsWith('```'))) skipping = false;
    if (skipping) return;
    result.push(line);
    const output = outputs.get(index + 1);
    if (output === undefined) return;
    result.push(...(output === '' ? [] : output.trimEnd().split('\n')));
    skipping = true;
  });
  return result.join('\n');
}
