/**
 * The text of an error without what differs from one occurrence to the next (docs/nightly.md has the rules with examples).
 * A change of what comes out needs a new FINGERPRINT_FORMAT: fingerprints are written down by people, and in policies.
 */

interface Rule {
  /** Without this in it, a text has nothing to be found. */
  readonly needs?: string;
  readonly find: RegExp;
  readonly put: string | ((found: string, ...groups: string[]) => string);
}

const MONTHS = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const DAYS = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\\s+)?';
const TIME = '\\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?';
const ZONE = '(?:\\s?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)\\b)?';
/** What cannot stand in a path that is not in quotes. */
const IN_PATH = `[^\\s'"\`,;:()\\[\\]{}<>|]`;

/** Digits of codes, which stay, are these characters meanwhile. */
const FIRST_KEPT = 0xe000;

const RULES: readonly Rule[] = [
  // Colours of terminals, and what else is not to be seen.
  { find: /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000e-\u001f\u007f]/g, put: '' },
  // Codes say what happened: [Errno 2], exit code 137, signal 9, Return code: [1].
  {
    find: /\b(errno|code|status|signal|returncode|rc)\b(['"]?\s*[:=]?\s*)(\[?-?\d{1,3}(?:,\s*-?\d{1,3})*\]?)(?!\w|\.\d)/gi,
    put: (_, word, between, digits) => `${word}${between}${keep(digits)}`,
  },
  { needs: '://', find: /\b[a-z][a-z0-9+.-]*:\/\/[^\s'"`<>)\]]+/gi, put: '<url>' },
  { needs: '@', find: /(?<![\w.+-])[\w.+-]+@[\w.-]+\w/g, put: '<address>' },
  { find: new RegExp(`\\b\\d{4}[-/]\\d\\d[-/]\\d\\d(?:[T ]${TIME}${ZONE})?`, 'g'), put: '<date>' },
  { find: new RegExp(`\\b\\d{1,2}[./]\\d{1,2}[./]\\d{4}\\b(?:,?\\s${TIME}${ZONE})?`, 'g'), put: '<date>' },
  {
    find: new RegExp(`\\b${DAYS}${MONTHS}\\s+\\d{1,2}\\b(?:,?\\s+${TIME}${ZONE})?(?:,?\\s+\\d{4}\\b)?`, 'g'),
    put: '<date>',
  },
  {
    find: new RegExp(`\\b${DAYS}\\d{1,2}\\s+${MONTHS}\\s+\\d{4}\\b(?:,?\\s+${TIME}${ZONE})?`, 'g'),
    put: '<date>',
  },
  { needs: ':', find: new RegExp(`\\b\\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d+)?${ZONE}`, 'g'), put: '<date>' },
  { needs: '-', find: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, put: '<id>' },
  { needs: '0x', find: /\b0x[0-9a-f]+\b/gi, put: '<address>' },
  { find: /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, put: '<address>' },
  { needs: ':', find: /\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b|(?<![\w:])::1\b/gi, put: '<address>' },
  // In quotes a path may have blanks in it.
  { find: /(['"`])(?:~|\.{1,2}|[A-Za-z]:)?[\\/][^'"`]*\1/g, put: (_, quote) => `${quote}<path>${quote}` },
  { needs: '/', find: new RegExp(`(?<![\\w<.~])(?:~|\\.{1,2})?/${IN_PATH}*`, 'g'), put: pathOrSlash },
  { needs: ':\\', find: /\b[A-Za-z]:\\[^\s'"`,;<>|]*/g, put: '<path>' },
  { needs: '/', find: /(?<![\w.@+-])[\w.@+-]+(?:\/[\w.@+-]+)+\/?/g, put: relativePath },
  { find: /\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,}\b/gi, put: '<id>' },
  // Of Python's tempfile.
  { needs: 'tmp', find: /\btmp[a-z0-9_]{8}\b/g, put: 'tmp<id>' },
  // Words of letters and digits in turn: random ids, chemical formulas.
  { find: /\b(?:[A-Za-z]+\d+){3,}[A-Za-z]*\b|\b(?:\d+[A-Za-z]+){3,}\d*\b/g, put: '<id>' },
  {
    find: /(?:(?<![\w)\]>])[+-])?(?:\d+(?:[.,_:-]\d+)*\.?(?=[\s,\])]|$)|\d+(?:[.,_:-]\d+)*|(?<!\w)\.\d+)(?:[eE][+-]?\d+)?/g,
    put: '<n>',
  },
  // However many of them there are.
  { needs: '<', find: /(<\w+>)(?:[\s,]+\1)+/g, put: '$1' },
  { find: /\s+/g, put: ' ' },
];

/** Of a longer text the beginning says enough. */
const MOST_CHARACTERS = 300;

export function normaliseError(text: string): string {
  let normal = text;
  for (const { needs, find, put } of RULES) {
    if (needs !== undefined && !normal.includes(needs)) continue;
    normal = typeof put === 'string' ? normal.replace(find, put) : normal.replace(find, put);
  }
  return restore(Array.from(normal.trim()).slice(0, MOST_CHARACTERS).join('')).trimEnd();
}

function keep(digits: string): string {
  return digits.replace(/\d/g, (digit) => String.fromCharCode(FIRST_KEPT + Number(digit)));
}

function restore(text: string): string {
  return text.replace(/[\ue000-\ue009]/g, (kept) => String(kept.charCodeAt(0) - FIRST_KEPT));
}

/** A slash alone is none, and the full stop behind a path is not of it. */
function pathOrSlash(found: string): string {
  const [, path = '', stop = ''] = /^(.*?)(\.*)$/s.exec(found) ?? [];
  return path.length < 2 ? found : `<path>${stop}`;
}

/** `runs/17/out.txt` is a path; `and/or`, `m/s` and `1/2` are not. */
function relativePath(found: string): string {
  const [, path = '', stop = ''] = /^(.*?)(\.*)$/s.exec(found) ?? [];
  const parts = path.split('/');
  const isFraction = parts.every((part) => /^[\d.]*$/.test(part));
  const isPath = parts.length > 2 || /\.\w+$/.test(path) || /\d/.test(path);
  return isPath && !isFraction ? `<path>${stop}` : found;
}
