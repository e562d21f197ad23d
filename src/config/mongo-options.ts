/** `mongoclient_kwargs`: options by pymongo's names, as the Node driver calls them. */
import type { ValueObject } from '../domain/model';
import { plain } from '../specs/plain-values';

export interface MongoOptions {
  readonly options: Readonly<Record<string, unknown>>;
  readonly warnings: readonly string[];
}

/** Same meaning in both; pymongo does not mind the case of letters. */
const SAME = [
  'tls',
  'tlsCAFile',
  'tlsCertificateKeyFile',
  'tlsCertificateKeyFilePassword',
  'tlsCRLFile',
  'tlsAllowInvalidCertificates',
  'tlsAllowInvalidHostnames',
  'tlsInsecure',
  'socketTimeoutMS',
  'connectTimeoutMS',
  'serverSelectionTimeoutMS',
  'timeoutMS',
  'maxPoolSize',
  'minPoolSize',
  'maxIdleTimeMS',
  'maxConnecting',
  'waitQueueTimeoutMS',
  'heartbeatFrequencyMS',
  'localThresholdMS',
  'appName',
  'replicaSet',
  'directConnection',
  'loadBalanced',
  'readPreference',
  'readPreferenceTags',
  'maxStalenessSeconds',
  'readConcernLevel',
  'w',
  'wTimeoutMS',
  'journal',
  'authSource',
  'authMechanism',
  'authMechanismProperties',
  'retryWrites',
  'retryReads',
  'compressors',
  'zlibCompressionLevel',
  'srvServiceName',
  'srvMaxHosts',
  'serverMonitoringMode',
  'username',
  'password',
] as const;

const RENAMED: Readonly<Record<string, string>> = {
  ssl: 'tls',
  ssl_ca_certs: 'tlsCAFile',
  ssl_ca_file: 'tlsCAFile',
  ssl_certfile: 'tlsCertificateKeyFile',
  ssl_keyfile: 'tlsCertificateKeyFile',
  ssl_pem_passphrase: 'tlsCertificateKeyFilePassword',
  ssl_crlfile: 'tlsCRLFile',
  wtimeout: 'wTimeoutMS',
  j: 'journal',
  authsource: 'authSource',
};

/** About Python's objects, not about the connection. */
const WITHOUT_MEANING = new Set([
  'tz_aware',
  'tzinfo',
  'connect',
  'document_class',
  'type_registry',
  'uuidrepresentation',
  'unicode_decode_error_handler',
  'datetime_conversion',
  'event_listeners',
  'auto_encryption_opts',
  'server_api',
  'driver',
]);

const BY_LOWER_CASE = new Map<string, string>([
  ...SAME.map((name): [string, string] => [name.toLowerCase(), name]),
  ...Object.entries(RENAMED),
]);

export function mongoOptionsOf(kwargs: ValueObject, file: string): MongoOptions {
  const options: Record<string, unknown> = {};
  const warnings: string[] = [];
  for (const [key, written] of Object.entries(kwargs)) {
    const value = plain(written);
    const lower = key.toLowerCase();
    const name = BY_LOWER_CASE.get(lower);
    if (value === null || WITHOUT_MEANING.has(lower)) continue;
    if (name !== undefined) options[name] = value;
    else if (lower === 'ssl_cert_reqs') Object.assign(options, certificateOptions(value));
    else if (lower === 'ssl_match_hostname') options['tlsAllowInvalidHostnames'] = value === false;
    else warnings.push(`${file}: mongoclient_kwargs.${key} is ignored: the driver has no such option`);
  }
  const tlsIsMeant = Object.keys(options).some((name) => name.startsWith('tls') && name !== 'tls');
  if (tlsIsMeant && options['tls'] === undefined) options['tls'] = true;
  return { options, warnings };
}

/** Python's ssl.CERT_NONE is 0. */
function certificateOptions(required: unknown): Readonly<Record<string, unknown>> {
  return required === 0 || String(required).endsWith('CERT_NONE')
    ? { tlsAllowInvalidCertificates: true }
    : {};
}
