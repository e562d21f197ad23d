/**
 * The documents say what is true: what they show is what is printed, their tables are those of the code, their links lead
 * somewhere. `LPAD_UPDATE_DOCS=1 npx jest docs.test` writes what was printed into the documents.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { findCommand } from '../../src/cli/program/find-command';
import { normalizeArgv } from '../../src/cli/program/argv';
import { COMMANDS } from '../../src/cli/registry/lpad-commands';
import type { CommandEntry } from '../../src/cli/program/define-command';
import { GLOBAL_OPTIONS, WORKER_OPTIONS } from '../../src/cli/options/option-groups';
import { RLAUNCH_COMMANDS } from '../../src/cli/registry/rlaunch-commands';
import { ERROR_CODES, EXIT } from '../../src/errors';
import { temporaryFolder } from '../support/temporary-folder';
import { agrees, consoleSteps, openSession, ROOT, withOutputs, type ConsoleSession } from './console-blocks';

/** A busy machine may need long. */
jest.setTimeout(300_000);

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs')];
const scratch = temporaryFolder();

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return markdownIn(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

function read(document: string): string {
  return readFileSync(join(ROOT, document), 'utf8');
}

function newSession(): ConsoleSession {
  return openSession(mkdtempSync(join(scratch, 'home-')));
}

const withConsole = DOCUMENTS.filter((document) => consoleSteps(read(document)).length > 0);

test.each(withConsole)('%s shows what its commands print', (document) => {
  const session = newSession();
  const different: string[] = [];
  const outputs = new Map<number, string>();
  for (const { command, output, line } of consoleSteps(read(document))) {
    const { status, output: printed } = session.type(command);
    const isRight = output === undefined ? status === 0 : agrees(output, printed);
    const isOurFault = printed.includes('internal error');
    if (isRight && !isOurFault) continue;
    const lastLine = line + command.split('\n').length - 1;
    if (output !== undefined && !isOurFault) outputs.set(lastLine, printed);
    different.push(`${document}:${String(line)}: $ ${command}\n${printed}`);
  }
  if (process.env['LPAD_UPDATE_DOCS'] && outputs.size > 0) {
    writeFileSync(join(ROOT, document), withOutputs(read(document), outputs));
  }
  expect(different).toEqual([]);
});

/** What the crontabs of a document say to do, without the times. */
function cronJobs(document: string): readonly string[] {
  const crontabs = [...read(document).matchAll(/```crontab\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  const lines = crontabs.join('').split('\n');
  return lines.filter((line) => /^[\d*]/.test(line)).map((line) => line.split(/\s+/).slice(5).join(' '));
}

test('the crontab of README.md does what it says', () => {
  const jobs = cronJobs('README.md');
  expect(jobs).not.toEqual([]);
  const session = newSession();
  session.type('cp ../examples/pendulum/*.mjs ../examples/pendulum/workflow.yaml .');
  session.type('lpad init --path db && lpad add workflow.yaml && rlaunch rapidfire');
  session.type('cp ../examples/pendulum/periods.csv .');
  for (const job of jobs) expect(session.typeAsCron(job)).toMatchObject({ status: 0 });
  expect(session.type('lpad get_wflows -s COMPLETED -d count')).toEqual({ status: 0, output: '1\n' });
});

test('the crontabs of docs/nightly.md recover by the example policy in the night, say nothing, and report in the morning', () => {
  const jobs = cronJobs('docs/nightly.md');
  expect(jobs).toHaveLength(2);
  const session = newSession();
  session.type(
    'cp ../examples/pendulum/*.mjs ../examples/pendulum/workflow.yaml ../examples/recovery.yaml .',
  );
  session.type('lpad init --path db && lpad add workflow.yaml && rlaunch rapidfire');
  for (const job of jobs) expect(session.typeAsCron(job)).toEqual({ status: 0, output: '' });
  expect(session.type('cat recover.log').output).toMatch(/^Recovery of \S+: 1 failure, /m);
  expect(session.type('cat morning.html').output).toContain('average: there is no &lt;path&gt;');
});

describe('docs/errors.md', () => {
  const rows = read('docs/errors.md')
    .split('\n')
    .flatMap((line) => /^\| (.*) \|$/.exec(line)?.[1]?.split(' | ') ?? []);

  test('has every code with its exit status and meaning, and no other', () => {
    const codes = Object.entries(ERROR_CODES).flatMap(([code, { exit, meaning }]) => [
      `\`${code}\``,
      String(exit),
      meaning,
    ]);
    const at = rows.indexOf('`USAGE`');
    expect(rows.slice(at, at + codes.length)).toEqual(codes);
    expect(read('docs/errors.md').match(/^\| `[A-Z_]+` \|/gm)).toHaveLength(Object.keys(ERROR_CODES).length);
  });

  test('has every exit status', () => {
    for (const status of Object.values(EXIT)) expect(rows).toContain(String(status));
  });
});

test.each(DOCUMENTS)('the links of %s lead to files', (document) => {
  const targets = [...read(document).matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(
    ([, target = '']) => target,
  );
  const dead = targets.filter(
    (target) => !/^https?:/.test(target) && !existsSync(resolve(ROOT, dirname(document), target)),
  );
  expect(dead).toEqual([]);
});

test('docs/adr/0004-dependencies.md gives a reason for every dependency, and for no other', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const needed = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
  const rows = [...read('docs/adr/0004-dependencies.md').matchAll(/^\| (`.*?) \|/gm)];
  const named = rows.flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  );
  const typesOf = (name: string): boolean => name.startsWith('@types/');
  expect(named.sort()).toEqual(needed.filter((name) => !typesOf(name)).sort());
});

test('README.md leads to every document', () => {
  const folders = read('README.md');
  const unknown = markdownIn('docs').filter(
    (document) =>
      !folders.includes(`(${document})`) && !folders.includes(`(${relative('.', dirname(document))}/)`),
  );
  expect(unknown).toEqual([]);
});

/** The commands in blocks for a shell or cron, word by word; those of console blocks are run anyway. */
const commandLines = DOCUMENTS.flatMap((document) =>
  [...read(document).matchAll(/^```(?:sh|crontab)\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block
      .replaceAll('\\\n', ' ')
      .split('\n')
      .flatMap(commandsIn)
      .map((words): [string, string, readonly string[]] => [words.join(' '), document, words]),
  ),
);

function commandsIn(line: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  let current: string[] | undefined;
  for (const [raw] of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    const word = raw.replace(/['"]/g, (quote) =>
      raw.startsWith(quote) || raw.includes(`=${quote}`) ? '' : quote,
    );
    if (/^(&&|\|\|?|\d?>.*|<.*|#.*)$/.test(word)) current = undefined;
    else if (current !== undefined) current.push(word);
    else if (/^(lpad|rlaunch)$/.test(word)) found.push((current = [word]));
  }
  return found;
}

test.each(commandLines)('`%s` in %s is a command line', async (_line, _document, [name = '', ...words]) => {
  const commands: readonly CommandEntry[] = name === 'lpad' ? COMMANDS : RLAUNCH_COMMANDS;
  const globals = name === 'lpad' ? GLOBAL_OPTIONS : { ...GLOBAL_OPTIONS, ...WORKER_OPTIONS };
  const openStore = (): Promise<never> => Promise.reject(new Error('nothing is run here'));
  const program = { name, summary: '', commands, globals, openStore };
  const found = findCommand(words, program);
  const command = await found.command?.load();
  expect(() => normalizeArgv(words, program, found, command)).not.toThrow();
});
