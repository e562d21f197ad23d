/** What `lpad recover` keeps for itself: a lease, nights with their steps, and quarantines. */
import type { Night, Quarantine, RecoveryStep } from '../../domain/recovery/night';
import {
  nightFromDocument,
  nightToDocument,
  quarantineFromDocument,
  quarantineToDocument,
  stepFromDocument,
  stepToDocument,
} from '../recovery-documents';
import type { LeaseOwner, StepSelection } from '../recovery-store';
import { getEach, scan } from './lmdb/chunks';
import type { EmbeddedDatabase } from './lmdb/database';
import { peekText } from './lmdb/peek-text';
import { decode, encode } from './lmdb/stored-bytes';

export function takeLease(
  database: EmbeddedDatabase,
  lease: string,
  owner: LeaseOwner,
  instead: string = owner.name,
): LeaseOwner {
  return database.write(({ leases }) => {
    const bytes = leases.getBinary(lease);
    const held = bytes && (decode(bytes) as { readonly owner: string; readonly expires: Date });
    if (held && held.owner !== owner.name && held.owner !== instead)
      return { name: held.owner, expiresAt: held.expires.getTime() };
    leases.putSync(lease, encode({ owner: owner.name, expires: new Date(owner.expiresAt) }));
    return owner;
  });
}

export function releaseLease(
  database: EmbeddedDatabase,
  lease: string,
  { name }: Pick<LeaseOwner, 'name'>,
): void {
  database.write(({ leases }) => {
    const bytes = leases.getBinary(lease);
    if (bytes && decode(bytes)['owner'] === name) leases.removeSync(lease);
  });
}

export function putNight(database: EmbeddedDatabase, night: Night): void {
  database.write(({ nights }) => {
    nights.putSync(night.key, encode(nightToDocument(night)));
  });
}

export function findNights(
  database: EmbeddedDatabase,
  { key, limit }: { readonly key?: string; readonly limit?: number },
): readonly Night[] {
  const all = database.read(({ nights }) =>
    (key === undefined ? [...nights.getKeys()] : [key]).flatMap((one) => {
      const bytes = nights.getBinary(one);
      return bytes ? [nightFromDocument(decode(bytes))] : [];
    }),
  );
  const newestFirst = all.sort(
    (one, other) => other.startedOn.getTime() - one.startedOn.getTime() || (one.key < other.key ? 1 : -1),
  );
  return limit ? newestFirst.slice(0, limit) : newestFirst;
}

export function removeNights(database: EmbeddedDatabase, keys: readonly string[]): void {
  database.write(({ nights, recoverySteps }) => {
    for (const key of keys) {
      const steps = recoverySteps.getKeys({ start: [key, 0], end: [key, Number.MAX_SAFE_INTEGER] });
      for (const step of [...steps]) recoverySteps.removeSync(step);
      nights.removeSync(key);
    }
  });
}

export function putSteps(database: EmbeddedDatabase, list: readonly RecoveryStep[]): void {
  database.write(({ recoverySteps }) => {
    for (const step of list) recoverySteps.putSync([step.night, step.fwId], encode(stepToDocument(step)));
  });
}

export async function* findSteps(
  database: EmbeddedDatabase,
  { night, fwIds, fingerprints, since, onlyReruns }: StepSelection,
): AsyncIterable<RecoveryStep> {
  const fireworks = fwIds && new Set(fwIds);
  const errors = fingerprints && new Set(fingerprints);
  const range = night === undefined ? {} : { start: [night, 0] as [string, number] };
  for await (const { key, bytes } of scan(database, ({ recoverySteps }) => recoverySteps, range)) {
    if (night !== undefined && key[0] !== night) return;
    if (fireworks && !fireworks.has(key[1])) continue;
    if (onlyReruns && (peekText(bytes, 'action') ?? 'rerun') !== 'rerun') continue;
    const doc = decode(bytes);
    if (errors && !errors.has(String(doc['fingerprint']))) continue;
    if (since && (doc['decided_on'] as Date) < since) continue;
    if (onlyReruns && (doc['action'] !== 'rerun' || doc['status'] !== 'done')) continue;
    yield stepFromDocument(doc);
  }
}

export function putQuarantines(database: EmbeddedDatabase, list: readonly Quarantine[]): void {
  database.write(({ quarantines }) => {
    for (const one of list) quarantines.putSync(one.fwId, encode(quarantineToDocument(one)));
  });
}

export async function* findQuarantines(
  database: EmbeddedDatabase,
  fwIds: readonly number[] | undefined,
): AsyncIterable<Quarantine> {
  const wanted = fwIds && [...new Set(fwIds)].sort((one, other) => one - other);
  const entries = wanted
    ? getEach(database, ({ quarantines }) => quarantines, wanted)
    : scan(database, ({ quarantines }) => quarantines);
  for await (const { bytes } of entries) yield quarantineFromDocument(decode(bytes));
}

export function removeQuarantines(database: EmbeddedDatabase, fwIds: readonly number[]): void {
  database.write(({ quarantines }) => {
    for (const fwId of fwIds) quarantines.removeSync(fwId);
  });
}
