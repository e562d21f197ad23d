/** What every store must do. Each store runs it by giving a factory of empty, open stores. */
import type { LaunchPadStore } from '../../src/storage/launchpad-store';
import { addingTests } from './suite/adding';
import { cacheTests } from './suite/cache';
import { claimTests } from './suite/claiming';
import { commitTests } from './suite/committing';
import { conflictTests } from './suite/conflicts';
import { contentTests } from './suite/contents';
import { fieldTests } from './suite/fields';
import { journalTests } from './suite/journal';
import { launchTests } from './suite/launches';
import { launchRecordTests } from './suite/launch-records';
import { lockTests } from './suite/locking';
import { offlineRunTests } from './suite/offline-runs';
import { queryTests } from './suite/queries';
import { selectionTests } from './suite/selecting';
import { recoveryTests } from './suite/recovery';
import { rawDocumentTests } from './suite/raw-documents';
import { structureTests } from './suite/structure';
import { workflowTests } from './suite/workflows';

export interface StoreUnderTest {
  readonly store: LaunchPadStore;
  readonly dispose: () => Promise<void>;
}

/** The store of the test that runs. */
export type UseStore = () => LaunchPadStore;

export function storeSuite(name: string, createStore: () => Promise<StoreUnderTest>): void {
  let current: StoreUnderTest | undefined;

  const useStore: UseStore = () => {
    if (!current) throw new Error('there is no store outside of a test');
    return current.store;
  };

  describe(name, () => {
    beforeEach(async () => {
      current = await createStore();
    });

    afterEach(async () => {
      await current?.dispose();
      current = undefined;
    });

    describe('adding and reading', () => addingTests(useStore));
    describe('selecting Fireworks', () => selectionTests(useStore));
    describe('raw queries', () => queryTests(useStore));
    describe('fields of many documents', () => fieldTests(useStore));
    describe('workflows', () => workflowTests(useStore));
    describe('launches', () => launchTests(useStore));
    describe('records of launches', () => launchRecordTests(useStore));
    describe('offline runs', () => offlineRunTests(useStore));
    describe('contents', () => contentTests(useStore));
    describe('the cache', () => cacheTests(useStore));
    describe('locks', () => lockTests(useStore));
    describe('commits', () => commitTests(useStore));
    describe('documents that come and go', () => structureTests(useStore));
    describe('conflicts', () => conflictTests(useStore));
    describe('the journal', () => journalTests(useStore));
    describe('documents of an export', () => rawDocumentTests(useStore));
    describe('what recovery keeps', () => recoveryTests(useStore));
    describe('claims', () => claimTests(useStore));
  });
}
