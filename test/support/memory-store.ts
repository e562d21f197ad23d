/** The MongoDB store, the very code, on collections in memory: for simulations of its protocol. */
import { ObjectId } from 'mongodb';
import type { MongoConnection } from '../../src/storage/mongo/connection';
import { MemoryCollection, type TakeTurn } from './memory-store-collection';

export class MemoryDatabase {
  readonly fireworks: MemoryCollection;
  readonly launches: MemoryCollection;
  readonly workflows: MemoryCollection;
  readonly counters: MemoryCollection;
  readonly launchRecords: MemoryCollection;
  readonly offlineRuns: MemoryCollection;
  readonly journal: MemoryCollection;
  readonly cache: MemoryCollection;
  readonly leases: MemoryCollection;
  readonly nights: MemoryCollection;
  readonly steps: MemoryCollection;
  readonly quarantines: MemoryCollection;
  readonly gridFiles: MemoryCollection;
  readonly gridChunks: MemoryCollection;
  readonly wireVersion: number;

  constructor(takeTurn: TakeTurn, wireVersion = 17) {
    this.wireVersion = wireVersion;
    this.fireworks = new MemoryCollection('fireworks', takeTurn);
    this.launches = new MemoryCollection('launches', takeTurn);
    this.workflows = new MemoryCollection('workflows', takeTurn);
    this.counters = new MemoryCollection('counters', takeTurn);
    this.launchRecords = new MemoryCollection('lpad_launch_records', takeTurn);
    this.offlineRuns = new MemoryCollection('offline_runs', takeTurn);
    this.journal = new MemoryCollection('journal', takeTurn);
    this.cache = new MemoryCollection('lpad_cache', takeTurn);
    this.leases = new MemoryCollection('lpad_leases', takeTurn);
    this.nights = new MemoryCollection('lpad_nights', takeTurn);
    this.steps = new MemoryCollection('lpad_recovery_steps', takeTurn);
    this.quarantines = new MemoryCollection('lpad_quarantine', takeTurn);
    this.gridFiles = new MemoryCollection('fw_gridfs.files', takeTurn);
    this.gridChunks = new MemoryCollection('fw_gridfs.chunks', takeTurn);
  }

  connection(): MongoConnection {
    const client = { close: () => Promise.resolve() };
    return Object.assign(Object.create(this) as object, { client }) as unknown as MongoConnection;
  }

  /** Everything, as text: equal for equal databases. */
  text(): string {
    const { fireworks, launches, workflows, counters, journal } = this;
    return JSON.stringify([fireworks, launches, workflows, counters, journal].map((one) => one.documents));
  }
}

/** Keys of workflows in the order in which they are made, so that runs can be repeated. */
export function workflowId(number: number): ObjectId {
  return new ObjectId(number.toString(16).padStart(24, '0'));
}
