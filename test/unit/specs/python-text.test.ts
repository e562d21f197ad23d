import { pythonText } from '../../../src/specs/printing/python-text';

// What Python 3 prints of repr(text).
test.each([
  ['relax', `'relax'`],
  [`it's`, `"it's"`],
  [`"both" it's`, `'"both" it\\'s'`],
  ['a\\b\n\t', `'a\\\\b\\n\\t'`],
  ['\u0007é 😀\u00a0', `'\\x07é 😀\\xa0'`],
])('%j is %s', (text, written) => {
  expect(pythonText(text)).toBe(written);
});
