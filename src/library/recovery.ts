/** What failed, why, and its recovery by rules, for programs (`lpad failures`, `explain`, `recover`, `quarantine`). */
import { homedir } from 'node:os';
import { loadFwConfig, type FwConfig } from '../config/fw-config';
import { readPolicyFile } from '../config/policy-file';
import { LpadError } from '../errors';
import { explainFirework, type ExplainedFirework } from '../launchpad/explain/explain-firework';
import { loadMorning, NIGHTS_SHOWN, type MorningReport } from '../launchpad/morning/load-morning';
import { nightKey } from '../launchpad/recovery/night-key';
import { findQuarantined, releaseQuarantined, type Quarantine } from '../launchpad/recovery/quarantines';
import { recover, type RecoveryReport } from '../launchpad/recovery/recover';
import { parsePolicyText, type PolicyFile } from '../specs/recovery/policy-file';
import type { FireworkSelection, LaunchPadStore } from '../storage/launchpad-store';
import { contextOf, modeOf, requireSelection, type ChangeWishes } from './changes';

/**
 * The rules of a recovery (docs/nightly.md), read and checked as `lpad recover --policy` does it: the path of a file, the text
 * of one, or what such a file says as an object: `{ canary: 1, rules: [{ name: 'again', match: {}, do: 'rerun' }] }`.
 */
export type PolicySource =
  | string
  | { readonly text: string; readonly format?: 'yaml' | 'json' }
  | { readonly rules: readonly object[]; readonly [key: string]: unknown };

export interface RecoverWishes extends ChangeWishes {
  /** Of the night, with which a second call goes on; without it, the date of its evening, from noon to noon. */
  readonly key?: string;
  /** Runs that are silent for so many seconds are lost, where the policy does not say; else as FW_config.yaml has it. */
  readonly expirationSecs?: number;
}

export interface RecoverReport extends RecoveryReport {
  /** What is no mistake in the policy, and yet surely none was meant. */
  readonly warnings: readonly string[];
}

export interface ExplainWishes {
  /** Seconds of silence after which a run counts as lost; without it, as FW_config.yaml has it. */
  readonly expirationSecs?: number;
}

export interface ReleaseWishes {
  /** Say which would be released, and do nothing. */
  readonly dryRun?: boolean;
}

export async function recoverBy(
  store: LaunchPadStore,
  source: PolicySource,
  { key, expirationSecs, ...wishes }: RecoverWishes,
): Promise<RecoverReport> {
  const { policy, hash, warnings } = await readPolicy(source);
  const context = contextOf('recover');
  const config = await fwConfig();
  const request = {
    policy,
    source: { file: typeof source === 'string' ? source : '', hash },
    key: nightKey(key, context.now()),
    expirationSecs: expirationSecs ?? config.RUN_EXPIRATION_SECS,
    exceptionDetails: config.EXCEPT_DETAILS_ON_RERUN,
    ...modeOf(wishes),
  };
  return { ...(await recover(store, request, context)), warnings };
}

async function readPolicy(source: PolicySource): Promise<PolicyFile> {
  if (typeof source === 'string') return readPolicyFile(source, process.cwd());
  const file = 'the policy';
  if (isText(source)) return parsePolicyText(source.text, { file, format: source.format ?? 'yaml' });
  return parsePolicyText(asJson(source), { file, format: 'json' });
}

function isText(source: object): source is { readonly text: string; readonly format?: 'yaml' | 'json' } {
  return 'text' in source && typeof source.text === 'string' && !('rules' in source);
}

function asJson(source: object): string {
  try {
    return JSON.stringify(source, undefined, 2);
  } catch (error) {
    throw new LpadError('BAD_POLICY', 'the policy cannot be written as JSON', { cause: error });
  }
}

export async function explain(
  store: LaunchPadStore,
  fwId: number,
  { expirationSecs }: ExplainWishes,
): Promise<ExplainedFirework> {
  const silent = expirationSecs ?? (await fwConfig()).RUN_EXPIRATION_SECS;
  return explainFirework(store, { fwId, expirationSecs: silent }, contextOf('explain'));
}

export async function release(
  store: LaunchPadStore,
  selection: FireworkSelection,
  { dryRun = false }: ReleaseWishes,
): Promise<readonly Quarantine[]> {
  requireSelection(selection);
  const found = await findQuarantined(store, selection);
  if (!dryRun && found.length > 0) await releaseQuarantined(store, found, contextOf('quarantine'));
  return found;
}

export interface ReportWishes {
  /** Key of a night; the last one without it. */
  readonly night?: string;
  /** So many nights side by side, that one included; 30 without it. */
  readonly nights?: number;
}

export function reportOn(store: LaunchPadStore, { night, nights }: ReportWishes): Promise<MorningReport> {
  const request = { nights: nights ?? NIGHTS_SHOWN, ...(night === undefined ? {} : { key: night }) };
  return loadMorning(store, request, new Date());
}

function fwConfig(): Promise<FwConfig> {
  return loadFwConfig({ env: process.env, cwd: process.cwd(), home: homedir() });
}
