/** What a person reads when a command stops: what is wrong, and what to type next. Goes to stderr, without secrets. */
import { LpadError, messageOf } from '../../errors';

export interface ErrorRendering {
  readonly program: string;
  /** With the stacks of the error and its causes. */
  readonly debug: boolean;
  /** What a usage error without a hint of its own says to try: `lpad rerun_fws --help`. */
  readonly helpCommand: string;
}

export async function renderError(error: unknown, options: ErrorRendering): Promise<string> {
  const { redact } = await import('../../logging/redact.js');
  const lines = error instanceof LpadError ? expected(error, options) : unexpected(error, options);
  return redact(`${[...lines, ...(options.debug ? stacks(error) : [])].join('\n')}\n`);
}

function expected(error: LpadError, { program, helpCommand }: ErrorRendering): readonly string[] {
  const hint = error.hint ?? (error.code === 'USAGE' ? helpCommand : undefined);
  const hints = hint === undefined ? [] : hint.split('\n').map((line) => `  try: ${line}`);
  return [`${program}: ${error.message}`, ...hints];
}

/** A bug of ours: its own words help nobody but us, so the way to report it comes along. */
function unexpected(error: unknown, { program, debug }: ErrorRendering): readonly string[] {
  return [`${program}: internal error: ${messageOf(error)}${debug ? '' : '; run again with --debug'}`];
}

function stacks(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const cause = error.cause === undefined ? [] : ['caused by:', ...stacks(error.cause)];
  return [error.stack ?? String(error), ...cause];
}
