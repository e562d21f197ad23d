/** The LaunchPad store in a folder of this machine: no server, and several processes at once. */
import { basename, resolve } from 'node:path';
import type { Firework, Launch, LaunchEffects, Workflow } from '../../domain/model';
import type {
  FireworkFields,
  FireworkSelection,
  JournalEntry,
  LaunchFields,
  LaunchPadStore,
  Query,
  WorkflowSelection,
} from '../launchpad-store';
import { addWorkflows } from './add-workflows';
import { findCacheEntries, findCacheEntry, putCacheEntry, removeCacheEntries } from './cache';
import { claimFirework, releaseClaim } from './claim-firework';
import { commitPatches } from './commit-patches';
import { findContents, insertContents, readContents } from './contents';
import { raiseCounters, readCounters, resetDatabase, takeIds } from './counters';
import { findFailedLaunches } from './find-failures';
import { countFireworks, findFireworkIds, findFireworks } from './find-fireworks';
import { findWholeDocuments } from './find-whole';
import { countWorkflows, findMemberships, findWorkflows } from './find-workflows';
import {
  findJournalEntries,
  findJournalHeads,
  getJournalEntry,
  markJournalEntry,
  removeJournalEntries,
  takeOverJournalEntry,
  type JournalFilter,
} from './journal';
import { findLaunchRecords, updateLaunchRecord } from './launch-records';
import {
  findFireworksOfLaunches,
  findLaunchByReservation,
  findLaunchEffects,
  findLaunches,
  insertLaunch,
  queryLaunches,
  updateLaunch,
} from './launches';
import { addOfflineRun, findOfflineRuns, updateOfflineRuns } from './offline-runs';
import { breather } from './lmdb/chunks';
import { EmbeddedDatabase } from './lmdb/database';
import { prepareDatabase } from './lmdb/format';
import { readFields } from './read-fields';
import {
  findNights,
  findQuarantines,
  findSteps,
  putNight,
  putQuarantines,
  putSteps,
  releaseLease,
  removeNights,
  removeQuarantines,
  takeLease,
} from './recovery';
import {
  findLockHolders,
  forceUnlock,
  lockWorkflowOf,
  lockWorkflows,
  takeOverLocks,
  unlockWorkflows,
} from './workflow-lock';
import { insertRaw } from './transfer/insert-raw';
import { readLargeAction } from './transfer/read-large-action';
import { readRaw } from './transfer/read-raw';

export interface EmbeddedStoreOptions {
  readonly folder: string;
}

export function createEmbeddedStore(options: EmbeddedStoreOptions): LaunchPadStore {
  const folder = resolve(options.folder);
  let opened: EmbeddedDatabase | undefined;
  const use = (): EmbeddedDatabase => {
    if (!opened) throw new Error('the store is not open');
    return opened;
  };
  // LMDB answers at once: without a pause a long row of calls would keep signals and timers waiting.
  const rest = breather();
  const run = async <Result>(action: (database: EmbeddedDatabase) => Result): Promise<Awaited<Result>> => {
    await rest();
    return await action(use());
  };
  return {
    description: `the folder ${folder}`,
    name: basename(folder),
    kind: 'embedded',
    documentLimit: undefined,
    open: async () => {
      opened ??= await openDatabase(folder);
    },
    close: async () => {
      await opened?.close();
      opened = undefined;
    },
    reset: () => run(resetDatabase),
    // The indexes are written with the documents: none can be missing. LMDB uses the room of what was deleted again.
    tuneUp: () => run(() => undefined),
    takeFireworkIds: (count) => run((database) => takeIds(database, 'next_fw_id', count)),
    takeLaunchIds: (count) => run((database) => takeIds(database, 'next_launch_id', count)),
    readCounters: () => run(readCounters),
    raiseCounters: (counters) => run((database) => raiseCounters(database, counters)),
    addWorkflows: (workflows) => run((database) => addWorkflows(database, workflows)),
    findFireworks: (selection: FireworkSelection, fields: FireworkFields): AsyncIterable<Firework> =>
      findFireworks(use(), selection, fields),
    findFireworkIds: (selection) => run((database) => findFireworkIds(database, selection)),
    countFireworks: (selection) => run((database) => countFireworks(database, selection)),
    findWorkflows: (selection: WorkflowSelection): AsyncIterable<Workflow> => findWorkflows(use(), selection),
    countWorkflows: (selection) => run((database) => countWorkflows(database, selection)),
    findMemberships: (fwIds) => run((database) => findMemberships(database, fwIds)),
    findLaunches: (ids: readonly number[], fields: LaunchFields): AsyncIterable<Launch> =>
      findLaunches(use(), ids, fields),
    queryLaunches: (where: Query, fields: LaunchFields): AsyncIterable<Launch> =>
      queryLaunches(use(), where, fields),
    findLaunchEffects: (ids: readonly number[]): AsyncIterable<LaunchEffects> =>
      findLaunchEffects(use(), ids),
    findFailedLaunches: (ids) => findFailedLaunches(use(), ids),
    findFireworksOfLaunches: (launchIds) => run((database) => findFireworksOfLaunches(database, launchIds)),
    readFields: (request) => readFields(use(), request),
    readRaw: (request) => readRaw(use(), request),
    insertRaw: (documents) => run((database) => insertRaw(database, documents)),
    findLaunchByReservation: (id) => run((database) => findLaunchByReservation(database, id)),
    lockWorkflows: (keys, owner, waitMs) => run((database) => lockWorkflows(database, keys, owner, waitMs)),
    lockWorkflowOf: (member, owner) => run((database) => lockWorkflowOf(database, member, owner)),
    unlockWorkflows: (keys, owner) => run((database) => unlockWorkflows(database, keys, owner)),
    takeOverLocks: (keys, from, owner) => run((database) => takeOverLocks(database, keys, from, owner)),
    forceUnlock: (holders) => run((database) => forceUnlock(database, holders)),
    findLockHolders: (keys) => run((database) => findLockHolders(database, keys)),
    commitPatches: (entry, owner, { journal = true } = {}) =>
      run((database) => commitPatches(database, entry, owner, journal)),
    claimFirework: (request) => run((database) => claimFirework(database, request)),
    releaseClaim: (fwId, launches, now) => run((database) => releaseClaim(database, fwId, launches, now)),
    // Every action fits into its launch here; an import may have brought some that were too large for MongoDB.
    readLargeAction: (id) => run((database) => readLargeAction(database, id)),
    writeLargeAction: () => Promise.reject(new Error('the embedded store has no large actions')),
    insertLaunch: (launch, record) => run((database) => insertLaunch(database, launch, record)),
    findLaunchRecords: (launchIds) => findLaunchRecords(use(), launchIds),
    updateLaunchRecord: (launchId, update) =>
      run((database) => updateLaunchRecord(database, launchId, update)),
    updateLaunch: (update) => run((database) => updateLaunch(database, update)),
    addOfflineRun: (one) => run((database) => addOfflineRun(database, one)),
    findOfflineRuns: (selection) => run((database) => findOfflineRuns(database, selection)),
    updateOfflineRuns: (selection, update) =>
      run((database) => updateOfflineRuns(database, selection, update)),
    findContents: (ids) => run((database) => findContents(database, ids)),
    readContents: (ids) => readContents(use(), ids),
    insertContents: (contents, now) => run((database) => insertContents(database, contents, now)),
    findCacheEntry: (key) => run((database) => findCacheEntry(database, key)),
    putCacheEntry: (entry) => run((database) => putCacheEntry(database, entry)),
    findCacheEntries: (selection) => findCacheEntries(use(), selection),
    removeCacheEntries: (entries) => run((database) => removeCacheEntries(database, entries)),
    findWholeDocuments: async function* (selection) {
      yield* await run((database) => findWholeDocuments(database, selection));
    },
    findJournalEntries: (filter: JournalFilter): AsyncIterable<JournalEntry> =>
      findJournalEntries(use(), filter),
    getJournalEntry: (id) => run((database) => getJournalEntry(database, id)),
    markJournalEntry: (id, status, dropped) =>
      run((database) => markJournalEntry(database, id, status, dropped)),
    findJournalHeads: () => findJournalHeads(use()),
    removeJournalEntries: (ids) => run((database) => removeJournalEntries(database, ids)),
    takeOverJournalEntry: (id, from, owner) =>
      run((database) => takeOverJournalEntry(database, id, from, owner)),
    takeLease: (lease, owner, instead) => run((database) => takeLease(database, lease, owner, instead)),
    releaseLease: (lease, owner) => run((database) => releaseLease(database, lease, owner)),
    putNight: (night) => run((database) => putNight(database, night)),
    findNights: (filter) => run((database) => findNights(database, filter)),
    removeNights: (keys) => run((database) => removeNights(database, keys)),
    putSteps: (steps) => run((database) => putSteps(database, steps)),
    findSteps: (selection) => findSteps(use(), selection),
    putQuarantines: (quarantines) => run((database) => putQuarantines(database, quarantines)),
    findQuarantines: (fwIds) => findQuarantines(use(), fwIds),
    removeQuarantines: (fwIds) => run((database) => removeQuarantines(database, fwIds)),
  };
}

async function openDatabase(folder: string): Promise<EmbeddedDatabase> {
  const database = await EmbeddedDatabase.open(folder);
  try {
    prepareDatabase(database, folder);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}
