/** `lpad recover`: lost runs first, then what failed, by the rules of a policy. */
import { loadFwConfig } from '../../../config/fw-config';
import { readPolicyFile } from '../../../config/policy-file';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { nightKey } from '../../../launchpad/recovery/night-key';
import { recover, type NightStatus, type RecoveryReport } from '../../../launchpad/recovery/recover';
import { createRunContext } from '../../../launchpad/run-context';
import type { PolicyFile } from '../../../specs/recovery/policy-file';
import type { RecoverArgs } from '../../commands/recovery/recover';
import { writeOut } from '../../io';
import { policyLines } from '../../output/recovery/policy-words';
import { recoveryJson, recoveryLines, recoverySummary } from '../../output/recovery/recovery-report';
import type { CommandContext } from '../../program/define-command';
import { printReport } from '../change/print-report';

const STATUSES: Readonly<Record<NightStatus, ExitStatus>> = {
  done: EXIT.ok,
  running: EXIT.ok,
  partly: EXIT.someFailed,
  held: EXIT.held,
  interrupted: EXIT.interrupted,
};

export async function run(args: RecoverArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, warn } = context;
  if (args.policy === undefined) {
    throw new LpadError('USAGE', '--policy is needed: the file with the rules', {
      hint: 'lpad recover --policy recovery.yaml --check   (docs/nightly.md has an example)',
    });
  }
  const file = await readPolicyFile(args.policy, io.cwd);
  for (const warning of file.warnings) warn(`${args.policy}: ${warning}`);
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
  const night = nightKey(key, io.now());
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
