/** A floating-point number as Python prints it: `1.0`, `1e+16`, `1.5e-07`; JavaScript would print 1, 10000000000000000, 1.5e-7. */
export function floatText(number: number): string {
  if (Number.isNaN(number)) return 'NaN';
  if (!Number.isFinite(number)) return number > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(number, -0)) return '-0.0';
  const magnitude = Math.abs(number);
  if (number === 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    const text = String(number);
    return text.includes('.') ? text : `${text}.0`;
  }
  return number.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
