/** The composition root: the only place that picks a store. Each is loaded when it is picked. */
import type { LaunchPadConfig } from './config/database-config';
import type { LaunchPadStore } from './storage/launchpad-store';

/** The store that a configuration names, not opened yet. */
export async function createStore(config: LaunchPadConfig): Promise<LaunchPadStore> {
  if (config.kind === 'mongodb') {
    const { createMongoStore } = await import('./storage/mongo/mongo-store.js');
    return createMongoStore(config);
  }
  const { createEmbeddedStore } = await import('./storage/embedded/embedded-store.js');
  return createEmbeddedStore({ folder: config.folder });
}
