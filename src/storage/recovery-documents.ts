/** Nights, their steps and quarantines as documents of both stores: the fields in snake_case, numbers as numbers. */
import type { Night, NightCall, Quarantine, RecoveryStep } from '../domain/recovery/night';
import type { Value, ValueObject } from '../domain/model';
import { toNumber, toNumbers } from './bson-values';
import type { StoredDocument } from './documents';

export function nightToDocument(night: Night): StoredDocument {
  return {
    _id: night.key,
    ...toStored({ ...night, calls: night.calls.map((call) => toStored({ ...call })) }),
  };
}

export function nightFromDocument(doc: StoredDocument): Night {
  const night = fromStored(doc) as unknown as Night;
  const calls = (night.calls as readonly unknown[]).map((call) => fromStored(call as ValueObject));
  return {
    ...night,
    lostFireworks: toNumbers(night.lostFireworks),
    lostLaunches: toNumber(night.lostLaunches),
    calls: calls as unknown as readonly NightCall[],
  };
}

export function stepId({ night, fwId }: Pick<RecoveryStep, 'night' | 'fwId'>): string {
  return `${night}/${String(fwId)}`;
}

export function stepToDocument(step: RecoveryStep): StoredDocument {
  return { _id: stepId(step), ...toStored({ ...step }) };
}

export function stepFromDocument(doc: StoredDocument): RecoveryStep {
  const step = fromStored(doc) as unknown as RecoveryStep;
  const { fwId, launchId, attempts, coreHours, descendants } = step;
  return {
    ...step,
    how: (doc['how'] as string | undefined) ?? '',
    fwId: toNumber(fwId),
    launchId: toNumber(launchId),
    attempts: toNumber(attempts),
    coreHours: toNumber(coreHours),
    descendants: toNumber(descendants),
  };
}

export function quarantineToDocument(quarantine: Quarantine): StoredDocument {
  return { _id: quarantine.fwId, ...toStored({ ...quarantine }) };
}

export function quarantineFromDocument(doc: StoredDocument): Quarantine {
  const quarantine = fromStored(doc) as unknown as Quarantine;
  return { ...quarantine, fwId: toNumber(quarantine.fwId), launchId: toNumber(quarantine.launchId) };
}

function toStored(fields: ValueObject): StoredDocument {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

/** Without `_id`, which is made of the other fields. */
function fromStored({ _id, ...fields }: ValueObject): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
}
