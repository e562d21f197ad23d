/** Quarantines as text and as data. */
import type { Quarantine } from '../../../launchpad/recovery/quarantines';
import { minuteText } from '../short-text';

export function quarantineLines(quarantined: readonly Quarantine[]): readonly string[] {
  return quarantined.flatMap(({ fwId, name, fingerprint, since, night, rule, reason }) => [
    `${String(fwId)} ${name}: ${reason}\n`,
    `    error ${fingerprint}, since ${minuteText(since)}, night ${night}, rule ${rule}\n`,
  ]);
}

export function quarantineJson(one: Quarantine): Readonly<Record<string, unknown>> {
  return {
    fw_id: one.fwId,
    name: one.name,
    launch_id: one.launchId === 0 ? null : one.launchId,
    fingerprint: one.fingerprint,
    error: one.pattern,
    rule: one.rule,
    reason: one.reason,
    night: one.night,
    since: one.since,
  };
}
