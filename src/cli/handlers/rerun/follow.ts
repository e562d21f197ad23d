/** `lpad follow`, and `--follow`: what happens in a run until it ends. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { followRun, type RunEvent } from '../../../launchpad/follow/follow-run';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { FollowArgs } from '../../commands/rerun/follow';
import { writeOut } from '../../io';
import { parseIds } from '../../../specs/typed/parse-ids';
import { counted } from '../../output/counted';
import type { CommandContext } from '../../program/define-command';

export async function run(args: FollowArgs, context: CommandContext): Promise<ExitStatus> {
  const ids = parseIds(args.fwId);
  const [id, ...more] = ids;
  if (id === undefined || more.length > 0)
    throw new LpadError('USAGE', 'follow shows one run: give -i with one of its ids', {
      hint: 'lpad follow -i 7',
    });
  return followToEnd(await context.openStore(), id, context);
}

/** 0 for a run that is COMPLETED in the end, 1 for any other, 130 when somebody stops following. */
export async function followToEnd(
  store: LaunchPadStore,
  fwId: number,
  context: CommandContext,
): Promise<ExitStatus> {
  const { io, say } = context;
  let status: ExitStatus = EXIT.interrupted;
  for await (const event of followRun(store, fwId, { signal: io.signal })) {
    if (event.kind === 'end') status = event.state === 'COMPLETED' ? EXIT.ok : EXIT.someFailed;
    await show(event, fwId, context);
    if (io.signal.aborted) break;
  }
  if (status === EXIT.interrupted)
    say(`Following has ended, the run goes on. To follow it further: lpad follow -i ${String(fwId)}`);
  return status;
}

async function show(event: RunEvent, fwId: number, { io, globals, say }: CommandContext): Promise<void> {
  if (globals.output === 'json') {
    const { toJsonLine } = await import('../../../specs/printing/print-json.js');
    await writeOut(io, `${toJsonLine(asData(event))}\n`);
    return;
  }
  if (event.kind === 'idle') {
    say(
      `nothing is running this: ${counted(event.ready, 'Firework is', 'Fireworks are')} READY; ` +
        'start a rocket: rlaunch rapidfire   (Ctrl-C ends following, not the run)',
    );
  } else if (event.kind === 'unseen') {
    say(
      `${memberOf(event)} runs in ${event.launchDir} on ${event.host}, which cannot be read from here: its output is not shown`,
    );
  } else if (event.kind === 'end') {
    say(endOf(event.state, fwId));
  } else await writeOut(io, `${lineOf(event)}\n`);
}

function lineOf(event: Extract<RunEvent, { readonly kind: 'state' | 'output' }>): string {
  if (event.kind === 'output') return `${memberOf(event)} | ${event.line}`;
  const { from, to, at } = event;
  const change = from === undefined ? to : `${from} -> ${to}`;
  return `${at.toISOString().slice(0, 19)} ${memberOf(event)}: ${change}`;
}

function memberOf({ fwId, name }: { readonly fwId: number; readonly name: string }): string {
  return `${String(fwId)} ${name}`;
}

function endOf(state: string, fwId: number): string {
  if (state === 'COMPLETED') return 'The run is COMPLETED.';
  return `The run is ${state}, and nothing of it is left to run: lpad get_wflows -i ${String(fwId)} -d more`;
}

function asData(event: RunEvent): object {
  if (event.kind === 'state') {
    const { kind, fwId: fw_id, name, from, to, at } = event;
    return { kind, fw_id, name, from: from ?? null, to, at: at.toISOString() };
  }
  if (event.kind === 'output') {
    const { kind, fwId: fw_id, name, source, line } = event;
    return { kind, fw_id, name, source, line };
  }
  if (event.kind === 'unseen') {
    const { kind, fwId: fw_id, name, launchDir: launch_dir, host } = event;
    return { kind, fw_id, name, launch_dir, host };
  }
  return event;
}
