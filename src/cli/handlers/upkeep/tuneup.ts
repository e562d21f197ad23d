/** `lpad admin tuneup`. */
import { EXIT, type ExitStatus } from '../../../errors';
import type { TuneupArgs } from '../../commands/upkeep/admin';
import type { CommandContext } from '../../program/define-command';

export async function run({ full }: TuneupArgs, { openStore, say }: CommandContext): Promise<ExitStatus> {
  const store = await openStore();
  say('Performing db tune-up');
  await store.tuneUp({ full });
  const nothing = store.kind === 'embedded' ? ' (the embedded database needs none)' : '';
  say(`Tune-up of ${store.description} is done${nothing}.`);
  return EXIT.ok;
}
