/** What failures of the same kind have in common: a text without what differs between them, and a short name for it. */
import { createHash } from 'node:crypto';
import { errorLines } from './error-line';
import type { FailureError } from './failure';
import { normaliseError } from './normalise';

/** Part of what is hashed, and stored beside fingerprints: it changes when any text gets another fingerprint. */
export const FINGERPRINT_FORMAT = 1;

const LENGTH = 10;

export interface Fingerprint {
  /** Ten hexadecimal digits. */
  readonly fingerprint: string;
  /** The normalised text that it stands for. */
  readonly pattern: string;
}

export function fingerprintOf(error: FailureError): Fingerprint {
  const { exception, output } = errorLines(error);
  // The name of an exception may have digits, and is what it is.
  const [, type = '', message = ''] = /^((?:[A-Za-z_][\w.]*)(?=:|$))?(.*)$/s.exec(exception) ?? [];
  const parts = [
    `${type}${normaliseMessage(message)}`,
    ...(output === undefined ? [] : [normaliseError(output)]),
  ];
  const pattern = parts.join(' | ');
  return { fingerprint: hash(pattern), pattern };
}

/** A leading colon is not to be taken for part of a number. */
function normaliseMessage(message: string): string {
  const [, colon = '', rest = ''] = /^(:?)(.*)$/s.exec(message) ?? [];
  const normal = normaliseError(rest);
  return colon === '' ? normal : normal === '' ? '' : `: ${normal}`;
}

function hash(pattern: string): string {
  const text = `${String(FINGERPRINT_FORMAT)}\n${pattern}`;
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, LENGTH);
}
