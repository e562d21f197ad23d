/** The MongoDB of a URI, or of a my_launchpad.yaml in any of its forms. */
import { isObject, type ValueObject } from '../domain/model';
import { LpadError } from '../errors';
import { plain } from '../specs/plain-values';
import type { ConfigFile } from './config-files';
import type { MongoConfig } from './database-config';
import type { FwConfig } from './fw-config';
import { mongoOptionsOf } from './mongo-options';
import { hostsWithPort, isMongoUri, parseMongoUri } from './mongo-uri';

type Common = Pick<MongoConfig, 'source' | 'warnings' | 'logdir' | 'streamLevel' | 'firetasks'>;

const DEFAULT_DATABASE = 'fireworks';
/** A command must not sit there for the driver's 30 s when nobody answers. */
const SERVER_SELECTION_TIMEOUT_MS = 3000;

export interface UriOptions {
  readonly uri: string;
  /** Where the URI stands, for messages. */
  readonly named: string;
  readonly source: string;
  /** Wins over the one in the URI, as FireWorks' `name` does. */
  readonly database?: string | undefined;
  readonly clientOptions?: Readonly<Record<string, unknown>>;
}

export function mongoFromUri({ uri, named, source, database, clientOptions = {} }: UriOptions): MongoConfig {
  const parsed = parseMongoUri(uri, named);
  const name = database ?? parsed.database ?? DEFAULT_DATABASE;
  const waits =
    parsed.optionNames.has('serverselectiontimeoutms') || 'serverSelectionTimeoutMS' in clientOptions;
  return {
    kind: 'mongodb',
    uri: parsed.uri,
    database: name,
    clientOptions: {
      ...(!waits && { serverSelectionTimeoutMS: SERVER_SELECTION_TIMEOUT_MS }),
      ...clientOptions,
    },
    userIndices: [],
    wfUserIndices: [],
    display: `${parsed.hosts}/${name}`,
    source,
    warnings: [],
  };
}

export function mongoFromFile({ values, file }: ConfigFile, common: Common, fwConfig: FwConfig): MongoConfig {
  const kwargs = isObject(values['mongoclient_kwargs']) ? values['mongoclient_kwargs'] : {};
  const { options, warnings } = mongoOptionsOf({ ...tlsOf(values), ...kwargs }, file);
  const name = textOf(values, 'name');
  const { uri, named, isWhole } = uriOf(values, file);
  if (values['uri_mode'] === true && name === undefined && parseMongoUri(uri, named).database === undefined) {
    throw new LpadError('BAD_CONFIG', `${file}: name is missing: with uri_mode it says which database`);
  }
  const database = name ?? (isWhole ? undefined : DEFAULT_DATABASE);
  const authDatabase = textOf(values, 'authsource') ?? database;
  const clientOptions = {
    ...(!isWhole &&
      fwConfig.MONGO_SOCKET_TIMEOUT_MS !== null && { socketTimeoutMS: fwConfig.MONGO_SOCKET_TIMEOUT_MS }),
    ...withAuth(options, values, authDatabase, parseMongoUri(uri, named).hasCredentials),
  };
  return {
    ...mongoFromUri({ uri, named, source: file, database, clientOptions }),
    ...common,
    warnings: [...common.warnings, ...warnings],
    userIndices: listOf(values, 'user_indices'),
    wfUserIndices: listOf(values, 'wf_user_indices'),
  };
}

/** `uri`; a URI in `host`, with or without uri_mode; else host and port. */
function uriOf(values: ValueObject, file: string): { uri: string; named: string; isWhole: boolean } {
  const uri = textOf(values, 'uri');
  const host = textOf(values, 'host');
  if (uri !== undefined && host !== undefined) {
    throw new LpadError('BAD_CONFIG', `${file}: uri and host exclude each other`);
  }
  if (uri !== undefined) return { uri, named: `uri in ${file}`, isWhole: true };
  const named = `host in ${file}`;
  if (host !== undefined && isMongoUri(host)) return { uri: host, named, isWhole: true };
  if (values['uri_mode'] === true) {
    throw new LpadError(
      'BAD_CONFIG',
      `${file}: with uri_mode, host must be a URI that starts with mongodb:// or mongodb+srv://`,
    );
  }
  const port = Number(plain(values['port'] ?? 27017));
  return { uri: `mongodb://${hostsWithPort(host ?? 'localhost', port)}/`, named, isWhole: false };
}

/** FireWorks' own keys, as far as `mongoclient_kwargs` does not say otherwise. */
function tlsOf(values: ValueObject): ValueObject {
  return {
    ...(typeof values['ssl'] === 'boolean' && { tls: values['ssl'] }),
    ...(textOf(values, 'ssl_ca_file') !== undefined && { tlsCAFile: values['ssl_ca_file'] }),
  };
}

/** Credentials go into `auth`, never into the URI: a URI is shown and logged too easily. */
function withAuth(
  options: Readonly<Record<string, unknown>>,
  values: ValueObject,
  authDatabase: string | undefined,
  uriHasCredentials: boolean,
): Readonly<Record<string, unknown>> {
  const { username: _user, password: _secret, ...rest } = options;
  const user = textOf(values, 'username') ?? textOf(options, 'username');
  const secret = textOf(values, 'password') ?? textOf(options, 'password');
  const asked = textOf(values, 'authsource');
  if (user === undefined)
    return uriHasCredentials && asked !== undefined ? { authSource: asked, ...rest } : rest;
  const auth = { username: user, ...(secret !== undefined && { password: secret }) };
  return { auth, ...(authDatabase !== undefined && { authSource: authDatabase }), ...rest };
}

/** An empty text counts as none: FireWorks' `lpad init` writes such keys. */
function textOf(values: ValueObject, key: string): string | undefined {
  const value = values[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listOf(values: ValueObject, key: string): readonly string[] {
  const value = values[key];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}
