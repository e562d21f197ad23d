/** Takes secrets out of whatever is logged, stored in the journal or shown in an error. */

const HIDDEN = '***';

/** `mongodb://user:secret@host` keeps the scheme and the host. A password may itself hold an @ that nobody encoded. */
const URI_CREDENTIALS = /\b([a-z][a-z\d+.-]*:\/\/)[^\s/?#"'<>]*@/gi;
/** The keys of passwords as they stand in YAML, JSON, Python, URIs and assignments: `password: x`, `"password": "x"`, `pwd=x`. */
const KEY = String.raw`(["']?[\w.-]*(?:pass(?:word|wd|phrase)|pwd|secret|api_?key|auth_?token)\w*["']?\s*[:=]\s*)`;
const SECRET_VALUE = new RegExp(
  `${KEY}("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*'|[^\\s,;&}\\])"']+)`,
  'gi',
);
/** FireWorks' message about "the --password parameter" speaks of the flag. */
const SECRET_FLAG =
  /(--?(?:password|passwd|pwd|token|secret)\s+(?!parameter))("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"']+)/gi;
/** FireWorks' `--password` is today's date, a confirmation and no secret. `null` hides nothing either. */
const HARMLESS = /^["']?(?:\d{4}-\d{2}-\d{2}|null|none|true|false)?["']?$/i;

export function redact(text: string): string {
  return text
    .replace(URI_CREDENTIALS, `$1${HIDDEN}@`)
    .replace(SECRET_FLAG, hidden)
    .replace(SECRET_VALUE, hidden);
}

function hidden(whole: string, key: string, value: string): string {
  if (HARMLESS.test(value)) return whole;
  const quote = value.startsWith('"') || value.startsWith("'") ? value.charAt(0) : '';
  return `${key}${quote}${HIDDEN}${quote}`;
}
