/** `lpad reset`: asks by the name of the database, because nothing brings it back. */
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import type { ResetArgs } from '../commands/reset';
import { localDate } from '../../launchpad/local-date';
import { ask } from '../confirm';
import type { CommandContext } from '../program/define-command';

export async function run(args: ResetArgs, context: CommandContext): Promise<ExitStatus> {
  const store = await context.openStore();
  const workflows = await store.countWorkflows({});
  await confirmReset(args, store, workflows, context);
  await store.reset();
  context.say(`LaunchPad was RESET: ${store.description} is empty.`);
  return EXIT.ok;
}

async function confirmReset(
  { yes, password }: ResetArgs,
  { name, description }: LaunchPadStore,
  workflows: number,
  { io }: CommandContext,
): Promise<void> {
  if (yes) return;
  const today = localDate(io.now());
  if (password === today) return;
  if (password !== undefined) {
    throw new LpadError(
      'NOT_CONFIRMED',
      `--password is today's date, ${today}, not "${password}"; nothing was reset`,
    );
  }
  const what = `RESET ${String(workflows)} workflows and all data of ${description}`;
  if (!io.stdinIsTTY || !io.stderrIsTTY) {
    throw new LpadError('NOT_CONFIRMED', `this would ${what}; it needs --yes; nothing was reset`);
  }
  const answer = await ask(
    `Are you sure? This will ${what}. To confirm, type the name of this database (${name}): `,
    io,
  );
  if (answer.trim() !== name) {
    throw new LpadError('NOT_CONFIRMED', `that is not ${name}; nothing was reset`);
  }
}
