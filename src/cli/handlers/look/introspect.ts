/** `lpad introspect`: what failures have in common, in FireWorks' form. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import {
  compareFailures,
  countTraces,
  type Difference,
  type IntrospectRequest,
  type TraceCount,
} from '../../../launchpad/report/introspect';
import type { LaunchPadStore } from '../../../storage/launchpad-store';
import type { IntrospectArgs } from '../../commands/look/introspect';
import { writeOut, type Io } from '../../io';
import { printValue } from '../../output/json';
import { renderSimpleTable } from '../../output/simple-table';
import type { CommandContext } from '../../program/define-command';

const COMPARED = { tasks: 'spec._tasks', fireworks: 'spec', workflows: 'metadata' } as const;

type Compared = keyof typeof COMPARED;

export async function run(
  { max: newest, threshold }: IntrospectArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  if (newest < 0) throw new LpadError('USAGE', `-m: ${newest} is no number of documents; write 0 for all`);
  const store = await openStore();
  const request = { newest, threshold };
  if (globals.output === 'json') {
    await printValue(io, await asData(store, request), globals);
    return EXIT.ok;
  }
  await writeOut(io, 'NOTE: This feature is in beta mode...\n');
  await printSection(io, 'launches', `launches.actions.stored_data._exception._stacktrace`, async () =>
    (await countTraces(store, request)).map(traceText).join(''),
  );
  for (const [compared, field] of Object.entries(COMPARED) as [Compared, string][]) {
    const title = `${compared === 'workflows' ? 'workflows' : 'fireworks'}.${field}`;
    await printSection(io, compared, title, async () =>
      differencesText(await compareFailures(store, compared, request)),
    );
  }
  return EXIT.ok;
}

async function printSection(io: Io, name: string, of: string, body: () => Promise<string>): Promise<void> {
  const title = `Introspection report for ${of}`;
  const rule = '='.repeat(title.length);
  await writeOut(io, `generating report for ${name}...please wait...\n\n`);
  await writeOut(io, `${rule}\n${title}\n${rule}\n${await body()}\n`);
}

function traceText({ count, trace }: TraceCount): string {
  return `----${count} Failures have the following stack trace--------------\n${trace}\n\n`;
}

function differencesText(differences: readonly Difference[]): string {
  const rows = differences.map(({ key, value, completed, fizzled, difference }) => [
    key,
    value,
    completed,
    fizzled,
    difference,
  ]);
  return renderSimpleTable(['key', 'value', '#C', '#F', '%C - %F'], rows);
}

async function asData(store: LaunchPadStore, request: IntrospectRequest): Promise<object> {
  const sections = [['launches', await countTraces(store, request)] as const];
  const compared = Object.keys(COMPARED) as Compared[];
  const tables: (readonly [string, readonly Difference[]])[] = [];
  for (const one of compared) tables.push([one, await compareFailures(store, one, request)]);
  return Object.fromEntries<unknown>([...sections, ...tables]);
}
