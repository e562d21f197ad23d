/** Documents of an export with other ids: wherever FireWorks keeps an id of a Firework or a launch, the new one. */
import { createHash } from 'node:crypto';
import type { Value } from '../../domain/model';
import { lazyBson } from '../lazy-modules';
import { plain } from '../plain-values';
import type { ExportedDocument } from './export-file';
import type { OrderedDocument } from './ordered-json';

export interface NewIds {
  readonly fireworks: ReadonlyMap<number, number>;
  readonly launches: ReadonlyMap<number, number>;
}

export interface Renumbering {
  /** The document with new ids, a new `_id` included. */
  renumber(exported: ExportedDocument): ExportedDocument;
}

type Change = (value: Value) => Value;

/** The same file and `seed` have the same new `_id`s: so an import that broke off can be gone on with. */
export function createRenumbering(ids: NewIds, seed: string): Renumbering {
  const fwId = numberFrom(ids.fireworks);
  const launchId = numberFrom(ids.launches);
  /** What lists a launch that is not in the file would list somebody else's: it must go. */
  const launchIds = listOf((value) => ids.launches.get(Number(plain(value))));
  const newId: Change = (value) => new (lazyBson().ObjectId)(newKey(value, seed));
  const file: Change = (value) => (typeof value === 'string' ? newKey(value, seed) : newId(value));

  /** A Firework in file form, as `_fizzled_parents` holds them. */
  const launchForm = edited({ fw_id: fwId, launch_id: launchId });
  const fireworkForm = edited({
    fw_id: fwId,
    launches: listOf(launchForm),
    archived_launches: listOf(launchForm),
  });

  const marks = edited({ _marked: keyed(ids.fireworks, (mark) => mark) });

  const changes: Readonly<Record<ExportedDocument['collection'], Change>> = {
    fireworks: edited({
      _id: newId,
      fw_id: fwId,
      launches: launchIds,
      archived_launches: launchIds,
      spec: edited({
        _recovery: edited({ _launch_id: launchId }),
        _fizzled_parents: listOf(fireworkForm),
        _sourcecode: edited({ after_launch: launchId }),
      }),
    }),
    launches: edited({
      _id: newId,
      fw_id: fwId,
      launch_id: launchId,
      action: edited({ gridfs_id: file, append_wfs: listOf(edited({ parents: listOf(fwId) })) }),
    }),
    workflows: edited({
      _id: newId,
      nodes: listOf(fwId),
      links: keyed(ids.fireworks, oneOrList(fwId)),
      parent_links: keyed(ids.fireworks, oneOrList(fwId)),
      fw_states: keyed(ids.fireworks, (state) => state),
      metadata: (metadata) => marks(family(ids.fireworks)(metadata)),
    }),
    lpad_launch_records: edited({ _id: launchId, fw_id: fwId, launch_id: launchId, copy_of: launchId }),
    lpad_quarantine: edited({ _id: fwId, fw_id: fwId, launch_id: launchId }),
    offline_runs: edited({ _id: newId, fw_id: fwId, launch_id: launchId }),
    'fw_gridfs.files': edited({ _id: file, metadata: edited({ launch_id: launchId }) }),
    'fw_gridfs.chunks': edited({ _id: newId, files_id: file }),
    // Named by what is in them: the same in every database.
    'lpad_sourcecode.files': (document) => document,
    'lpad_sourcecode.chunks': (document) => document,
  };
  return {
    renumber: ({ collection, document }) => ({
      collection,
      document: changes[collection](document) as OrderedDocument,
    }),
  };
}

/** An id that is not known stays: it belongs to something that was deleted long ago. */
function numberFrom(ids: ReadonlyMap<number, number>): Change {
  return (value) => ids.get(Number(plain(value))) ?? value;
}

/** Of an object the values of these keys; what is no object stays. */
function edited(changes: Readonly<Record<string, Change>>): Change {
  return (value) => {
    if (!(value instanceof Map)) return value;
    const entries = [...(value as OrderedDocument)];
    return new Map(
      entries.map(([key, inner]) => [key, Object.hasOwn(changes, key) ? changes[key]?.(inner) : inner]),
    );
  };
}

/** What a run is a rerun of. An origin that is not in the file would be somebody else's Firework: it goes. */
function family(ids: ReadonlyMap<number, number>): Change {
  return (value) => {
    if (!(value instanceof Map)) return value;
    const entries = [...(value as OrderedDocument)].flatMap(([key, inner]): [string, Value][] => {
      if (key !== 'rerun_of' && key !== 'rerun_from' && key !== 'root_of') return [[key, inner]];
      const id = ids.get(Number(plain(inner)));
      return id === undefined ? [] : [[key, id]];
    });
    return new Map(entries);
  };
}

/** What a change makes undefined is left out. */
function listOf(change: Change): Change {
  return (value) => (Array.isArray(value) ? value.map(change).filter((item) => item !== undefined) : value);
}

function oneOrList(change: Change): Change {
  const list = listOf(change);
  return (value) => (Array.isArray(value) ? list(value) : change(value));
}

function keyed(ids: ReadonlyMap<number, number>, change: Change): Change {
  return (value) => {
    if (!(value instanceof Map)) return value;
    const entries = [...(value as OrderedDocument)];
    return new Map(entries.map(([key, inner]) => [String(ids.get(Number(key)) ?? key), change(inner)]));
  };
}

/** Hexadecimal digits of an ObjectId in place of an old `_id`, which is an ObjectId or its hex. */
export function newKey(old: Value, seed: string): string {
  return createHash('sha256')
    .update(`${seed} ${String(old)}`)
    .digest('hex')
    .slice(0, 24);
}
