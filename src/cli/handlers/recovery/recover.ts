/** `lpad recover`: lost runs first, then what failed, by the rules of a policy. */
import { loadFwConfig } from '../../../config/fw-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { recover, type NightStatus, type RecoveryReport } from '../../../launchpad/recovery/recover';
import { createRunContext } from '../../../launchpad/run-context';
import type { PolicyFile } from '../../../specs/recovery/policy-file';
import type { RecoverArgs } from '../../commands/recovery/recover';
import { localDate } from '../../confirm';
import { writeOut } from '../../io';
import { policyLines } from '../../output/policy-words';
import { recoveryJson, recoveryLines, recoverySummary } from '../../output/recovery-report';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';
import { readPolicy } from './read-policy';

const STATUSES: Readonly<Record<NightStatus, ExitStatus>> = {
  done: EXIT.ok,
  running: EXIT.ok,
  partly: EXIT.someFailed,
  held: EXIT.held,
  interrupted: EXIT.interrupted,
};

export async function run(args: RecoverArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, warn } = context;
  const file = await readPolicy(args.policy, io);
  for (const warning of file.warnings) warn(`${args.policy ?? ''}: ${warning}`);
  if (args.check) {
    await writeOut(
      io,
      policyLines(file)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return EXIT.ok;
  }
  const report = await recoverBy(file, args, context);
  const printed = {
    lines: () => recoveryLines(report),
    data: () => recoveryJson(report),
    ids: () =>
      report.steps
        .filter(({ action, status }) => action === 'rerun' && status !== 'failed')
        .map(({ fwId }) => fwId),
    summary: () => recoverySummary(report),
  };
  await printReport(printed, context);
  return STATUSES[report.status];
}

async function recoverBy(
  { policy, hash }: PolicyFile,
  { policy: file = '', key, dryRun }: RecoverArgs,
  { io, commandLine, openStore }: CommandContext,
): Promise<RecoveryReport> {
  const night = key ?? nightOf(io.now());
  if (!/^[\w.:@+-]{1,100}$/.test(night))
    throw new LpadError('USAGE', `--key: "${night}" is no name for a night`, {
      hint: 'letters, digits and . : @ + - _, as in --key 2026-11-21',
    });
  const { env, cwd, home, signal } = io;
  const { RUN_EXPIRATION_SECS: expirationSecs, EXCEPT_DETAILS_ON_RERUN: exceptionDetails } =
    await loadFwConfig({
      env,
      cwd,
      home,
    });
  const now = (): Date => io.now();
  return recover(
    await openStore(),
    { policy, source: { file, hash }, key: night, dryRun, expirationSecs, exceptionDetails, signal },
    createRunContext({ operation: 'recover', commandLine, now }),
  );
}

const HALF_A_DAY_MS = 12 * 3_600_000;

/** From noon to noon, by the date of its evening. */
function nightOf(now: Date): string {
  return localDate(new Date(now.getTime() - HALF_A_DAY_MS));
}
