/** `lpad get_qids`: the ids in the batch queue, Firework by Firework. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { findReservationIds } from '../../../launchpad/show/find-reservation-ids';
import type { GetQidsArgs } from '../../commands/look/get-qids';
import { writeOut } from '../../io';
import { parseIdsInOrder } from '../../../specs/typed/parse-ids';
import { printItems } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  args: GetQidsArgs,
  { io, globals, openStore, warn }: CommandContext,
): Promise<ExitStatus> {
  if (args.fwId.length === 0)
    throw new LpadError('BAD_SELECTOR', 'get_qids needs -i/--fw_id', { hint: 'lpad get_qids -i 7' });
  const ids = parseIdsInOrder(args.fwId, '-i');
  const found = await findReservationIds(await openStore(), ids);
  const unknown = ids.filter((id) => !found.has(id));
  if (unknown.length > 0) warn(`there is no Firework ${unknown.join(', ')}`);
  if (globals.output === 'json') {
    const items = ids.map((id) => ({ fw_id: id, reservation_id: found.get(id) ?? null }));
    await printItems(io, items, globals);
  } else await writeOut(io, ids.map((id) => `${found.get(id) ?? 'None'}\n`).join(''));
  return EXIT.ok;
}
