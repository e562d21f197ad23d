import { rmSync } from 'node:fs';
import { createEmbeddedStore } from '../../src/storage/embedded/embedded-store';
import { createTemporaryFolder } from '../support/temporary-folder';
import { storeSuite } from './store-suite';

storeSuite('the embedded store', async () => {
  const folder = createTemporaryFolder();
  const store = createEmbeddedStore({ folder });
  await store.open();
  const dispose = async (): Promise<void> => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, dispose };
});
