/** MongoDB connection strings. The URL class of Node cannot read those with several hosts. */
import { LpadError } from '../errors';

export interface MongoUri {
  readonly uri: string;
  readonly hosts: string;
  readonly database: string | undefined;
  readonly hasCredentials: boolean;
  /** Names of the options after `?`, in lower case. */
  readonly optionNames: ReadonlySet<string>;
}

const SHAPE = /^mongodb(?:\+srv)?:\/\/(?:(.*)@)?([^@/?]+)(?:\/([^?]*))?(?:\?(.*))?$/i;

export function isMongoUri(text: string): boolean {
  return /^mongodb(?:\+srv)?:\/\//i.test(text);
}

/** `named` says where the URI stands; the URI itself is not shown, it may hold a password. */
export function parseMongoUri(uri: string, named: string): MongoUri {
  const found = SHAPE.exec(uri.trim());
  const [, credentials, hosts = '', database, options = ''] = found ?? [];
  const hint =
    'a MongoDB URI looks like mongodb://user:password@host:27017/database; a / or @ in the password is written %2F or %40';
  if (!found || (credentials ?? '').includes('/')) {
    throw new LpadError('BAD_CONFIG', `${named} is no MongoDB URI that can be read`, { hint });
  }
  const optionNames = options.split('&').map((option) => (option.split('=')[0] ?? '').toLowerCase());
  return {
    uri: uri.trim(),
    hosts,
    database: database ? decodeURIComponent(database) : undefined,
    hasCredentials: credentials !== undefined,
    optionNames: new Set(optionNames.filter((name) => name !== '')),
  };
}

/** `host1,host2` of a configuration file with its port: each host gets it, unless it has one. */
export function hostsWithPort(host: string, port: number): string {
  return host
    .split(',')
    .map((one) => one.trim())
    .map((one) => {
      if (/^\[.*\](?::\d+)?$/.test(one)) return one.includes(']:') ? one : `${one}:${String(port)}`;
      if (one.split(':').length > 2) return `[${one}]:${String(port)}`;
      return one.includes(':') ? one : `${one}:${String(port)}`;
    })
    .join(',');
}
