/** Starts the MongoDB, and makes sure of Python's FireWorks, which is installed the first time. */
import globalSetup from './global-setup';
import { installPeer } from './install-peer';
import { provide } from './outside';

export default async function globalSetupInterop(): Promise<void> {
  await provide("Python's FireWorks", installPeer);
  await globalSetup();
}
