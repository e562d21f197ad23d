/** The file that `lpad init` writes: by the names that FireWorks reads, and valid by the schema that reads it. */
import { open, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, relative } from 'node:path';
import { resolvePath } from '../../../config/config-files';
import { isMongoUri, parseMongoUri } from '../../../config/mongo-uri';
import { LpadError, messageOf } from '../../../errors';
import { parseLocated, type FileFormat } from '../../../specs/workflow-files/located-document';
import { toJsonText } from '../../../specs/printing/print-json';
import { toYamlText } from '../../../specs/printing/print-yaml';
import { validate } from '../../../specs/validate';
import type { Io } from '../../io';

export interface SettingsFile {
  /** As it was typed. */
  readonly shown: string;
  readonly path: string;
  readonly format: FileFormat;
}

export interface ServerSettings {
  readonly kind: 'server';
  readonly host: string;
  readonly port: number | undefined;
  readonly name: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly caFile: string | undefined;
  readonly authsource: string | undefined;
}

export interface UriSettings {
  readonly kind: 'uri';
  readonly uri: string;
  /** Needed when the URI names no database. */
  readonly name: string | undefined;
  readonly caFile: string | undefined;
}

export type LaunchPadSettings =
  ServerSettings | UriSettings | { readonly kind: 'embedded'; readonly folder: string };

type Surroundings = Pick<Io, 'cwd' | 'home'>;

/** What stands in the file. Throws when the schema, or the reader of URIs, would not take it. */
export function launchPadText(settings: LaunchPadSettings, file: SettingsFile, io: Surroundings): string {
  const document = launchPadDocument(settings, file, io);
  const text = file.format === 'yaml' ? toYamlText(document) : `${toJsonText(document)}\n`;
  const source = { file: file.shown, format: file.format, code: 'USAGE' } as const;
  validate(parseLocated(text, source), 'launchpad', source);
  return text;
}

function launchPadDocument(settings: LaunchPadSettings, file: SettingsFile, io: Surroundings): object {
  if (settings.kind === 'embedded') return { path: folderIn(settings.folder, file, io) };
  const kwargs = clientOptions(settings.caFile, io);
  if (settings.kind === 'uri') {
    return { host: settings.uri, name: databaseOf(settings), uri_mode: true, ...kwargs };
  }
  const { host, port, name, username, password, authsource } = settings;
  if (isMongoUri(host)) {
    throw new LpadError('USAGE', 'the host is a URI', { hint: 'lpad init -u takes a URI' });
  }
  return {
    host,
    port: port ?? 27017,
    name: name ?? 'fireworks',
    username: username ?? null,
    password: password ?? null,
    authsource: authsource ?? null,
    ...kwargs,
  };
}

/** FireWorks asks for ssl_ca_file and forgets it; both programs read it as an option of the driver. */
function clientOptions(caFile: string | undefined, io: Surroundings): object {
  if (caFile === undefined) return {};
  return { mongoclient_kwargs: { tls: true, tlsCAFile: resolvePath(caFile, io.cwd, io) } };
}

/** FireWorks wants the name beside the URI, even if the URI has it. */
function databaseOf({ uri, name }: UriSettings): string {
  const found = name ?? parseMongoUri(uri, 'host').database;
  if (found !== undefined) return found;
  throw new LpadError('USAGE', 'the URI names no database', {
    hint: 'lpad init -u --host URI --name fireworks',
  });
}

/** A relative path in the file starts at the file, the one that was typed starts where it was typed. */
function folderIn(folder: string, file: SettingsFile, io: Surroundings): string {
  if (isAbsolute(folder) || folder === '~' || folder.startsWith('~/')) return folder;
  return relative(dirname(file.path), resolvePath(folder, io.cwd, io)) || '.';
}

/** For its owner alone: it may hold a password. Another file of that name is replaced at once, or not at all. */
export async function writeLaunchPadFile(
  file: SettingsFile,
  text: string,
  mayReplace: boolean,
): Promise<void> {
  const { path, shown } = file;
  const target = mayReplace ? `${path}.${String(process.pid)}.new` : path;
  try {
    await writeNew(target, text);
    if (mayReplace) await rename(target, path);
  } catch (error) {
    if (mayReplace) await rm(target, { force: true });
    throw notWritten(shown, error);
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function notWritten(shown: string, error: unknown): LpadError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') {
    return new LpadError(
      'NOT_CONFIRMED',
      `${shown} is there already; --yes replaces it; nothing was written`,
    );
  }
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    EACCES: 'permission denied',
    EISDIR: 'it is a folder',
  };
  const reason = reasons[String(code)] ?? messageOf(error);
  return new LpadError('BAD_CONFIG', `cannot write ${shown}: ${reason}`, { cause: error });
}
