import fc from 'fast-check';
import { redact } from '../../../src/logging/redact';

describe('redact', () => {
  it.each([
    ['mongodb://u:hush@h1:1,h2:2/db?x=1', 'mongodb://***@h1:1,h2:2/db?x=1'],
    ['mongodb+srv://u:hu%40sh@c.example.org/x', 'mongodb+srv://***@c.example.org/x'],
    ['mongodb://u:hu@sh@host/db', 'mongodb://***@host/db'],
    ['password: hush', 'password: ***'],
    ['{"password": "hu\\"sh", "a": 1}', '{"password": "***", "a": 1}'],
    ["{'password': 'hush'}", "{'password': '***'}"],
    ['db_password=hush&x=1', 'db_password=***&x=1'],
    ['PASSWORD="a b"', 'PASSWORD="***"'],
    ['lpad get_wflows --password hush', 'lpad get_wflows --password ***'],
    ['--password=hush', '--password=***'],
  ])('hides the secret in %s', (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it.each([
    'lpad rerun_fws --password 2026-11-21',
    '--password=2026-11-21',
    "Invalid password! Password is today's date: 2026-11-21",
    'Modifying more than 10 entries requires setting the --password parameter!',
    'see http://example.org/a@b',
    'password: null',
    'Finished setting 3 FWs to rerun',
  ])('leaves %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('never shows a password of a URI, whatever it is', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9%@:.!$*_-]{6,20}$/);
    fc.assert(
      fc.property(secret, (password) => {
        expect(redact(`cannot reach mongodb://user:${password}@host:27017/db now`)).toBe(
          'cannot reach mongodb://***@host:27017/db now',
        );
      }),
    );
  });
});
