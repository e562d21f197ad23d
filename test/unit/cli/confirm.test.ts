import { confirmChange, type Change } from '../../../src/cli/confirm';
import { LpadError } from '../../../src/errors';
import { fakeIo, type FakeIo } from '../../support/fake-io';

const TERMINAL = { stdinIsTTY: true, stderrIsTTY: true };

async function outcome(fake: FakeIo, changes: Partial<Change> = {}): Promise<string> {
  const change = {
    count: 11,
    maxUnasked: 10,
    yes: false,
    password: undefined,
    io: fake.io,
    describe: 'rerun 11 Fireworks',
  };
  try {
    await confirmChange({ ...change, ...changes });
    return 'agreed';
  } catch (error) {
    if (error instanceof LpadError) return `${error.exitStatus}: ${error.message}`;
    throw error;
  }
}

test('a small change is not asked about', async () => {
  const fake = fakeIo('', TERMINAL);
  expect(await outcome(fake, { count: 10 })).toBe('agreed');
  expect(fake.err()).toBe('');
});

test('--yes and today agree without a question', async () => {
  expect(await outcome(fakeIo(), { yes: true })).toBe('agreed');
  expect(await outcome(fakeIo(), { password: '2026-11-21' })).toBe('agreed');
});

test('another password is told what today is', async () => {
  expect(await outcome(fakeIo('y\n', TERMINAL), { password: '21.11.2026' })).toBe(
    '4: --password is today\'s date, 2026-11-21, not "21.11.2026"; nothing was changed',
  );
});

test('without a terminal nobody is asked, and --yes is named', async () => {
  const fake = fakeIo('y\n');
  expect(await outcome(fake)).toBe(
    '4: this would rerun 11 Fireworks; more than 10 need --yes; nothing was changed',
  );
  expect(fake.err()).toBe('');
});

test.each(['y\n', 'Y\n', 'yes\n', ' YES \n', 'y'])('%j on a terminal agrees', async (answer) => {
  const fake = fakeIo(answer, TERMINAL);
  expect(await outcome(fake)).toBe('agreed');
  expect(fake.err()).toBe('Are you sure? This will rerun 11 Fireworks. (y/N) ');
  expect(fake.out()).toBe('');
});

test.each(['', '\n', 'n\n', 'no\n', 'yikes\n', 'x\ny\n'])(
  '%j on a terminal does not agree',
  async (answer) => {
    expect(await outcome(fakeIo(answer, TERMINAL))).toBe(
      '4: not confirmed (--yes agrees without a question); nothing was changed',
    );
  },
);

test('an interrupt at the question is an interrupt', async () => {
  const fake = fakeIo('never', TERMINAL);
  const asked = outcome(fake);
  fake.interrupt();
  expect(await asked).toBe('130: interrupted; nothing was changed');
});
