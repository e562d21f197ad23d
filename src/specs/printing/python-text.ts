/** Texts as Python's `repr` writes them, which FireWorks prints in places. */

const NAMED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** `'name'`; in double quotes when there is a single one in it. */
export function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\u0000-\u001f\u007f-\u00a0\u00ad]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return NAMED[character] ?? `\\x${code}`;
  });
  return `${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`;
}
