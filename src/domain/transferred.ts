/** The collections that an export carries, in the names that they have in the database. */
export const TRANSFERRED = [
  'workflows',
  'fireworks',
  'launches',
  'lpad_launch_records',
  'offline_runs',
  'lpad_quarantine',
  'fw_gridfs.files',
  'fw_gridfs.chunks',
  'lpad_sourcecode.files',
  'lpad_sourcecode.chunks',
] as const;

export type TransferredCollection = (typeof TRANSFERRED)[number];
