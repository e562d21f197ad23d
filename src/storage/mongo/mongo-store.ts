/** The LaunchPad store on MongoDB: FireWorks' own database. */
import type { Firework, Launch, NewWorkflow, OfflineRun, Workflow } from '../../domain/model';
import type {
  ClaimRequest,
  FireworkFields,
  FireworkSelection,
  JournalEntry,
  LaunchFields,
  LaunchPadStore,
  LaunchUpdate,
  LockOwner,
  OfflineRunSelection,
  OfflineRunUpdate,
  Query,
  WorkflowSelection,
} from '../launchpad-store';
import { addWorkflows } from './writes/add-workflows';
import { findCacheEntries, findCacheEntry, putCacheEntry, removeCacheEntries } from './cache';
import { claimFirework, releaseClaim } from './writes/claim-firework';
import { commitPatches } from './writes/commit-patches';
import { connect, type MongoConnection, type MongoStoreOptions } from './connection';
import { raiseCounters, readCounters, resetDatabase, takeIds } from './counters';
import { findFailedLaunches } from './reads/find-failures';
import { countFireworks, findFireworkIds, findFireworks } from './reads/find-fireworks';
import { countWorkflows, findMemberships, findWorkflows } from './reads/find-workflows';
import { findWholeDocuments } from './reads/find-whole';
import { readFields } from './reads/read-fields';
import { compact, createIndexes } from './indexes';
import {
  endJournalEntry,
  findJournalEntries,
  findJournalHeads,
  getJournalEntry,
  removeJournalEntries,
  takeOverJournalEntry,
} from './journal';
import { findContents, insertContents, readContents } from './contents';
import {
  findFireworksOfLaunches,
  findLaunchByReservation,
  findLaunchEffects,
  findLaunches,
  insertLaunch,
  queryLaunches,
  updateLaunch,
} from './launches';
import { readLargeAction, writeLargeAction } from './large-actions';
import { findLaunchRecords, putLaunchRecord, updateLaunchRecord } from './launch-records';
import { addOfflineRun, findOfflineRuns, updateOfflineRuns } from './offline-runs';
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
import { namingLostConnections } from './lost-connection';
import {
  findLockHolders,
  forceUnlock,
  lockWorkflowOf,
  lockWorkflows,
  takeOverLocks,
  unlockWorkflows,
} from './workflow-lock';
import { insertRaw } from './transfer/insert-raw';
import { readRaw } from './transfer/read-raw';

import { iterateWithQueryErrors, withQueryErrors } from './reads/query-errors';

export type { MongoStoreOptions } from './connection';

export function createMongoStore(options: MongoStoreOptions): LaunchPadStore {
  const display = options.display ?? options.database;
  let open: MongoConnection | undefined;
  const use = (): MongoConnection => {
    if (!open) throw new Error('the store is not open');
    return open;
  };
  const tuneUp = async ({ full = false } = {}): Promise<void> => {
    await createIndexes(use(), options.userIndices, options.wfUserIndices);
    if (full) await compact(use());
  };
  const store: LaunchPadStore = {
    description: `MongoDB at ${display}`,
    name: options.database,
    kind: 'mongodb',
    documentLimit: 16 * 1024 * 1024,
    open: async () => {
      open ??= await connect(options, display);
    },
    close: async () => {
      await open?.client.close();
      open = undefined;
    },
    reset: async () => {
      await resetDatabase(use());
      await tuneUp();
    },
    tuneUp,
    takeFireworkIds: (count) => takeIds(use(), 'next_fw_id', count),
    takeLaunchIds: (count) => takeIds(use(), 'next_launch_id', count),
    readCounters: () => readCounters(use()),
    raiseCounters: (counters) => raiseCounters(use(), counters),
    addWorkflows: (workflows: readonly NewWorkflow[]) => addWorkflows(use(), workflows),
    findFireworks: (selection: FireworkSelection, fields: FireworkFields): AsyncIterable<Firework> =>
      iterateWithQueryErrors(findFireworks(use(), selection, fields)),
    findFireworkIds: (selection) => withQueryErrors(findFireworkIds(use(), selection)),
    countFireworks: (selection) => withQueryErrors(countFireworks(use(), selection)),
    findWorkflows: (selection: WorkflowSelection): AsyncIterable<Workflow> =>
      iterateWithQueryErrors(findWorkflows(use(), selection)),
    countWorkflows: (selection) => withQueryErrors(countWorkflows(use(), selection)),
    findMemberships: (fwIds) => findMemberships(use(), fwIds),
    findLaunches: (ids: readonly number[], fields: LaunchFields): AsyncIterable<Launch> =>
      findLaunches(use(), ids, fields),
    queryLaunches: (where: Query, fields: LaunchFields): AsyncIterable<Launch> =>
      iterateWithQueryErrors(queryLaunches(use(), where, fields)),
    findLaunchEffects: (ids) => findLaunchEffects(use(), ids),
    findFailedLaunches: (ids) => findFailedLaunches(use(), ids),
    findFireworksOfLaunches: (launchIds) => findFireworksOfLaunches(use(), launchIds),
    readFields: (request) => iterateWithQueryErrors(readFields(use(), request)),
    readRaw: (request) => iterateWithQueryErrors(readRaw(use(), request)),
    insertRaw: (documents) => insertRaw(use(), documents),
    findLaunchByReservation: (reservationId) => findLaunchByReservation(use(), reservationId),
    lockWorkflows: (keys: readonly string[], owner: LockOwner, waitMs: number) =>
      lockWorkflows(use(), keys, owner, waitMs),
    lockWorkflowOf: (member, owner) => lockWorkflowOf(use(), member, owner),
    unlockWorkflows: (keys, owner) => unlockWorkflows(use(), keys, owner),
    takeOverLocks: (keys, from, owner) => takeOverLocks(use(), keys, from, owner),
    forceUnlock: (holders) => forceUnlock(use(), holders),
    findLockHolders: (keys) => findLockHolders(use(), keys),
    commitPatches: (entry: JournalEntry, owner: LockOwner, { journal = true } = {}) =>
      commitPatches(use(), entry, owner, journal),
    claimFirework: (request: ClaimRequest) => withQueryErrors(claimFirework(use(), request)),
    releaseClaim: (fwId, launches, now) => releaseClaim(use(), fwId, launches, now),
    readLargeAction: (id) => readLargeAction(use(), id),
    writeLargeAction: (launchId, json) => writeLargeAction(use(), launchId, json),
    insertLaunch: async (launch: Launch, record) => {
      await Promise.all([insertLaunch(use(), launch), record && putLaunchRecord(use(), record)]);
    },
    findLaunchRecords: (launchIds) => findLaunchRecords(use(), launchIds),
    updateLaunchRecord: (launchId, update) => updateLaunchRecord(use(), launchId, update),
    updateLaunch: (update: LaunchUpdate) => updateLaunch(use(), update),
    addOfflineRun: (run: OfflineRun) => addOfflineRun(use(), run),
    findOfflineRuns: (selection: OfflineRunSelection) => findOfflineRuns(use(), selection),
    updateOfflineRuns: (selection: OfflineRunSelection, update: OfflineRunUpdate) =>
      updateOfflineRuns(use(), selection, update),
    findContents: (ids) => findContents(use(), ids),
    readContents: (ids) => readContents(use(), ids),
    insertContents: (contents, now) => insertContents(use(), contents, now),
    findCacheEntry: (key) => findCacheEntry(use(), key),
    putCacheEntry: (entry) => putCacheEntry(use(), entry),
    findCacheEntries: (selection) => findCacheEntries(use(), selection),
    removeCacheEntries: (entries) => removeCacheEntries(use(), entries),
    findWholeDocuments: (selection) => findWholeDocuments(use(), selection),
    findJournalEntries: (filter) => findJournalEntries(use(), filter),
    getJournalEntry: (id) => getJournalEntry(use(), id),
    markJournalEntry: (id, status, dropped) => endJournalEntry(use(), id, status, dropped),
    findJournalHeads: () => findJournalHeads(use()),
    removeJournalEntries: (ids) => removeJournalEntries(use(), ids),
    takeOverJournalEntry: (id, from, owner) => takeOverJournalEntry(use(), id, from, owner),
    takeLease: (lease, owner, instead) => takeLease(use(), lease, owner, instead),
    releaseLease: (lease, owner) => releaseLease(use(), lease, owner),
    putNight: (night) => putNight(use(), night),
    findNights: (filter) => findNights(use(), filter),
    removeNights: (keys) => removeNights(use(), keys),
    putSteps: (steps) => putSteps(use(), steps),
    findSteps: (selection) => findSteps(use(), selection),
    putQuarantines: (quarantines) => putQuarantines(use(), quarantines),
    findQuarantines: (fwIds) => findQuarantines(use(), fwIds),
    removeQuarantines: (fwIds) => removeQuarantines(use(), fwIds),
  };
  return namingLostConnections(store, display);
}
