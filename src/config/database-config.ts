/** Where a database is, and how it is reached. */

import type { FiretaskSettings } from './firetask-config';

interface CommonConfig {
  /** The file, `LPAD_URI` or `default`. */
  readonly source: string;
  /** For people. */
  readonly warnings: readonly string[];
  /** Of the file, as FireWorks has them. */
  readonly logdir?: string;
  readonly streamLevel?: string;
  /** Ours, of the file. */
  readonly firetasks?: FiretaskSettings;
}

export interface MongoConfig extends CommonConfig {
  readonly kind: 'mongodb';
  /** May hold a password when the user wrote one into a URI: show `display` instead. */
  readonly uri: string;
  readonly database: string;
  /** By the names of the Node driver; credentials of a file are in `auth`. */
  readonly clientOptions: Readonly<Record<string, unknown>>;
  readonly userIndices: readonly string[];
  readonly wfUserIndices: readonly string[];
  /** `host:port/database`, without credentials. */
  readonly display: string;
}

export interface EmbeddedConfig extends CommonConfig {
  readonly kind: 'embedded';
  /** Absolute. */
  readonly folder: string;
  /** Nothing was configured. */
  readonly isDefault: boolean;
}

export type LaunchPadConfig = MongoConfig | EmbeddedConfig;
