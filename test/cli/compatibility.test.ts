/** docs/compatibility.md says what of FireWorks is here: it is held to what the programs really have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GLOBAL_OPTIONS } from '../../src/cli/options/option-groups';
import type { OptionSpecs } from '../../src/cli/options/option-spec';
import type { CommandEntry } from '../../src/cli/program/define-command';
import { COMMANDS } from '../../src/cli/registry/lpad-commands';
import { RLAUNCH_COMMANDS } from '../../src/cli/registry/rlaunch-commands';
import { createFiretaskRegistry } from '../../src/rocket/firetask-registry';
import { pythonFiretasks } from '../../src/rocket/firetasks/python/python-firetasks';
import { ROOT } from './console-blocks';

const DOCUMENT = readFileSync(join(ROOT, 'docs/compatibility.md'), 'utf8');

interface Row {
  readonly name: string;
  readonly cells: readonly string[];
}

/** The rows of the table below a heading. */
function rowsBelow(heading: string): readonly Row[] {
  const [, section = ''] = DOCUMENT.split(`## ${heading}\n`);
  return (section.split('\n## ')[0] ?? '').split('\n').flatMap((line) => {
    const [, name, ...cells] = line.split('|').map((cell) => cell.trim());
    const word = /^`(.*)`$/.exec(name ?? '')?.[1];
    return word === undefined ? [] : [{ name: word, cells }];
  });
}

/** `-q/--query` as [short, long]; `-wf` and `--ldirs` alone have one of the two. */
function optionsIn(cell: string): readonly (readonly string[])[] {
  return [...cell.matchAll(/`(-[^`]+)`/g)].map(([, option = '']) => option.split('/'));
}

function flagsOf(specs: OptionSpecs): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const [name, { short, multiShort }] of Object.entries(specs)) {
    flags.set(`--${name}`, name);
    for (const letters of [short, multiShort]) if (letters !== undefined) flags.set(`-${letters}`, name);
  }
  return flags;
}

describe.each<[string, readonly CommandEntry[]]>([
  ['lpad', COMMANDS],
  ['rlaunch', RLAUNCH_COMMANDS],
])('%s', (program, commands) => {
  const rows = rowsBelow(program);

  test.each(rows.map((row) => [row.name, row] as const))(
    '%s has the options that it has in FireWorks',
    async (name, row) => {
      const [also = '', options = ''] = row.cells;
      const entry = commands.find((one) => one.name === name);
      const aliases = [...also.matchAll(/`([^`]+)`/g)].map(([, alias]) => alias);
      expect(entry?.aliases ?? []).toEqual(expect.arrayContaining(aliases));
      const flags = flagsOf((await entry?.load())?.options ?? {});
      const unlike = optionsIn(options).filter(
        (spellings) =>
          new Set(spellings.map((one) => flags.get(one) ?? `no ${one}`)).size !== 1 ||
          !flags.has(spellings[0] ?? ''),
      );
      expect(unlike).toEqual([]);
    },
  );

  test('every command is in the page', () => {
    const own = program === 'lpad' ? rowsBelow('Of our own') : [];
    const listed = [...rows, ...own].map(({ name }) => name);
    expect(commands.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual([]);
    expect(listed.filter((listedName) => !commands.some(({ name }) => name === listedName))).toEqual([]);
  });
});

test('the options of all commands are those that the page names', () => {
  const [line = ''] = /^The options of all commands.*$/m.exec(DOCUMENT) ?? [];
  const flags = flagsOf(GLOBAL_OPTIONS);
  expect(
    optionsIn(line)
      .flat()
      .filter((one) => !flags.has(one)),
  ).toEqual([]);
  expect(optionsIn(line).length).toBeGreaterThan(5);
});

test('the Firetasks are those of the registry', () => {
  const python = pythonFiretasks(
    { command: 'python3', startedIn: '.', firetasks: [] },
    { jinja2: true, fireworks: true },
  );
  const { names } = createFiretaskRegistry(python);
  const rows = rowsBelow('Firetasks').map(({ name }) => name);
  expect(rows.filter((name) => !names.includes(name))).toEqual([]);
  // Names with blanks are FireWorks' old ones.
  expect(names.filter((name) => !rows.includes(name) && !name.includes(' '))).toEqual([]);
});
