/**
 * FW_config.yaml (lpad-commands.md, section 1.2): FireWorks' settings by their own names, and `firetasks` of ours. Found in
 * $FW_CONFIG_FILE, the current folder, or ~/.fireworks. FireWorks asks the variable last and ignores one that leads
 * nowhere; here the environment wins over files, as everywhere.
 */
import path from 'node:path';
import type { ValueObject } from '../domain/model';
import { plain } from '../specs/plain-values';
import { findConfigFile, readConfigFile, resolvePath } from './config-files';
import type { Surroundings } from './config-options';
import { firetaskSettingsOf, NO_FIRETASKS, type FiretaskSettings } from './firetask-config';

export type LogLevelName = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** The settings that lpad reads; the others are checked and left alone. */
export interface FwSettings {
  readonly LAUNCHPAD_LOC: string | null;
  readonly FWORKER_LOC: string | null;
  readonly QUEUEADAPTER_LOC: string | null;
  readonly CONFIG_FILE_DIR: string;
  readonly USER_PACKAGES: readonly string[];
  readonly FW_NAME_UPDATES: Readonly<Record<string, string>>;
  readonly YAML_STYLE: boolean | null;
  readonly FW_BLOCK_FORMAT: string;
  readonly FW_LOGGING_FORMAT: string;
  readonly STREAM_LOGLEVEL: LogLevelName;
  readonly ROCKET_STREAM_LOGLEVEL: LogLevelName;
  readonly QUEUE_RETRY_ATTEMPTS: number;
  readonly QUEUE_UPDATE_INTERVAL: number;
  readonly QUEUE_JOBNAME_MAXLEN: number;
  readonly QSTAT_FREQUENCY: number;
  readonly ALWAYS_CREATE_NEW_BLOCK: boolean;
  readonly SUBMIT_SCRIPT_NAME: string;
  readonly PRINT_FW_JSON: boolean;
  readonly PRINT_FW_YAML: boolean;
  readonly JSON_SCHEMA_VALIDATE: boolean;
  readonly JSON_SCHEMA_VALIDATE_LIST: readonly string[];
  readonly PING_TIME_SECS: number;
  readonly RUN_EXPIRATION_SECS: number;
  readonly RESERVATION_EXPIRATION_SECS: number;
  readonly MAINTAIN_INTERVAL: number;
  readonly WFLOCK_EXPIRATION_SECS: number;
  readonly WFLOCK_EXPIRATION_KILL: boolean;
  readonly RAPIDFIRE_SLEEP_SECS: number;
  readonly TEMPLATE_DIR: string | null;
  readonly REMOVE_USELESS_DIRS: boolean;
  readonly STORE_PACKING_INFO: boolean;
  readonly PW_CHECK_NUM: number;
  readonly TRACKER_LINES: number;
  readonly SORT_FWS: 'FIFO' | 'FILO' | '' | null;
  readonly ENCODE_MONTY: boolean;
  readonly DECODE_MONTY: boolean;
  readonly EXCEPT_DETAILS_ON_RERUN: boolean;
  readonly WEBSERVER_HOST: string;
  readonly WEBSERVER_PORT: number;
  readonly WEBSERVER_PERFWARNINGS: boolean;
  readonly MONGO_SOCKET_TIMEOUT_MS: number | null;
  readonly GRIDFS_FALLBACK_COLLECTION: string | null;
  readonly MONGOMOCK_SERVERSTORE_FILE: string | null;
  /** Ours, gathered from `firetasks`, `python` and `python_firetasks`. */
  readonly firetasks: FiretaskSettings;
}

export interface FwConfig extends FwSettings {
  /** The file; undefined when there is none and all is default. */
  readonly source: string | undefined;
}

export const FW_DEFAULTS: FwSettings = {
  LAUNCHPAD_LOC: null,
  FWORKER_LOC: null,
  QUEUEADAPTER_LOC: null,
  CONFIG_FILE_DIR: '.',
  USER_PACKAGES: ['fireworks.user_objects', 'fw_tutorials', 'fireworks.features'],
  FW_NAME_UPDATES: {
    'Transfer Task': 'FileTransferTask',
    'Script Task': 'ScriptTask',
    'Template Writer Task': 'TemplateWriterTask',
    'Dupe Finder Exact': 'DupeFinderExact',
  },
  YAML_STYLE: false,
  FW_BLOCK_FORMAT: '%Y-%m-%d-%H-%M-%S-%f',
  FW_LOGGING_FORMAT: '%(asctime)s %(levelname)s %(message)s',
  STREAM_LOGLEVEL: 'INFO',
  ROCKET_STREAM_LOGLEVEL: 'INFO',
  QUEUE_RETRY_ATTEMPTS: 10,
  QUEUE_UPDATE_INTERVAL: 5,
  QUEUE_JOBNAME_MAXLEN: 20,
  QSTAT_FREQUENCY: 50,
  ALWAYS_CREATE_NEW_BLOCK: false,
  SUBMIT_SCRIPT_NAME: 'FW_submit.script',
  PRINT_FW_JSON: true,
  PRINT_FW_YAML: false,
  JSON_SCHEMA_VALIDATE: false,
  JSON_SCHEMA_VALIDATE_LIST: [],
  PING_TIME_SECS: 3600,
  RUN_EXPIRATION_SECS: 14_400,
  RESERVATION_EXPIRATION_SECS: 1_209_600,
  MAINTAIN_INTERVAL: 120,
  WFLOCK_EXPIRATION_SECS: 300,
  WFLOCK_EXPIRATION_KILL: false,
  RAPIDFIRE_SLEEP_SECS: 60,
  TEMPLATE_DIR: null,
  REMOVE_USELESS_DIRS: true,
  STORE_PACKING_INFO: true,
  PW_CHECK_NUM: 10,
  TRACKER_LINES: 25,
  SORT_FWS: '',
  ENCODE_MONTY: true,
  DECODE_MONTY: true,
  EXCEPT_DETAILS_ON_RERUN: false,
  WEBSERVER_HOST: '127.0.0.1',
  WEBSERVER_PORT: 5000,
  WEBSERVER_PERFWARNINGS: false,
  MONGO_SOCKET_TIMEOUT_MS: 300_000,
  GRIDFS_FALLBACK_COLLECTION: 'fw_gridfs',
  MONGOMOCK_SERVERSTORE_FILE: null,
  firetasks: NO_FIRETASKS,
};

export async function loadFwConfig(surroundings: Surroundings): Promise<FwConfig> {
  const { env, cwd, home } = surroundings;
  const named = env['FW_CONFIG_FILE'];
  const file = named
    ? resolvePath(named, cwd, surroundings)
    : await findConfigFile('FW_config', [cwd, path.join(home, '.fireworks')]);
  if (file === undefined) return { ...FW_DEFAULTS, source: undefined };
  const { values } = await readConfigFile(file, 'fw-config', named ? 'FW_CONFIG_FILE' : undefined);
  return { ...FW_DEFAULTS, ...settingsOf(values, file), source: file };
}

/** The schema has checked names and types; `ADD_USER_PACKAGES` extends, the rest replaces. */
function settingsOf(values: ValueObject, file: string): Partial<FwSettings> {
  const {
    ADD_USER_PACKAGES: added,
    ECHO_TEST: _echo,
    DS_PASSWORD: _password,
    firetasks: _modules,
    python: _python,
    python_firetasks: _names,
    ...settings
  } = plain(values) as Partial<FwSettings> & {
    readonly ADD_USER_PACKAGES?: readonly string[];
    readonly [other: string]: unknown;
  };
  const packages = settings.USER_PACKAGES ?? FW_DEFAULTS.USER_PACKAGES;
  return {
    ...settings,
    ...(added && { USER_PACKAGES: [...packages, ...added] }),
    firetasks: firetaskSettingsOf(values, file),
  };
}
