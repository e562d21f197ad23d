/** The seam between the command line and the composition root: flags become a configuration, which names a store. */
import { createStore } from '../compose';
import { loadLaunchPadConfig } from '../config/launchpad-config';
import type { LaunchPadStore } from '../storage/launchpad-store';
import type { Io } from './io';
import type { GlobalArgs } from './options/option-groups';

export async function openStore(globals: GlobalArgs, io: Io): Promise<LaunchPadStore> {
  const { env, cwd, home } = io;
  const config = await loadLaunchPadConfig({
    file: globals.launchpadFile,
    configDir: globals.configDir,
    env,
    cwd,
    home,
  });
  for (const warning of config.warnings) io.stderr.write(`warning: ${warning}\n`);
  if (config.kind === 'embedded' && config.isDefault && !globals.silencer) {
    io.stderr.write(`no database is configured: using the folder ${config.folder} (see lpad init)\n`);
  }
  const store = await createStore(config);
  await store.open();
  return store;
}
