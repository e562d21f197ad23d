/** Numbers and commands as the report of the morning writes them. */

/** Core hours: one digit, two where there is little of it. */
export function hours(value: number): string {
  if (value < 0.005) return '0';
  return value.toFixed(value >= 10 ? 1 : 2);
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${String(Math.round((100 * part) / whole))} %`;
}

/** The call that goes on with a night. Of a policy that a program brought along no file is known. */
export function recoverAgain({
  key,
  policyFile,
}: {
  readonly key: string;
  readonly policyFile: string;
}): string {
  return `lpad recover --policy ${policyFile === '' ? 'FILE' : shellWord(policyFile)} --key ${key}`;
}

/** A word as a shell takes it for one. */
function shellWord(text: string): string {
  return /^[\w./:@+,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
