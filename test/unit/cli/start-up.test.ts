import { COMMANDS } from '../../../src/cli/registry/lpad-commands';

/** Packages that take longer to load than help may take. */
const HEAVY = [
  'mongodb',
  'bson',
  'xstate',
  'winston',
  'lmdb',
  'mingo',
  'ajv',
  'yaml',
  '@lezer/python',
  'cli-progress',
  'cli-table3',
];

/** Runs lpad with nothing loaded yet, and every heavy package breaking on sight. */
async function helpWithout(words: readonly string[]): Promise<string> {
  jest.resetModules();
  const loaded: string[] = [];
  for (const name of HEAVY) {
    jest.doMock(name, () => {
      loaded.push(name);
      return {};
    });
  }
  const { main } = await import('../../../src/cli/main.js');
  const { fakeIo } = await import('../../support/fake-io.js');
  const fake = fakeIo();
  const status = await main(words, fake.io);
  return [status, ...loaded].join(' ');
}

test('`lpad --help` loads nothing heavy', async () => {
  expect(await helpWithout(['--help'])).toBe('0');
});

test.each(COMMANDS.map(({ name }) => name))('`lpad %s --help` loads nothing heavy', async (name) => {
  expect(await helpWithout([...name.split(' '), '--help'])).toBe('0');
});

test('a mistyped command is told without loading anything heavy', async () => {
  expect(await helpWithout(['versoin'])).toBe('2');
});
