/** That lpad sees one error where the simulation means one. */
import { readFileSync } from 'node:fs';
import { fingerprintOf } from '../../../../src/domain/failures/fingerprint';
import { drawFrom } from '../../../../bench/nights/model/draw';
import {
  DETERMINISTIC_ERRORS,
  HOST_ERROR,
  MEMORY_ERROR,
  OUTAGE_ERRORS,
  TRANSIENT_ERRORS,
  type ErrorKind,
} from '../../../../bench/nights/model/errors';
import { POLICY_FILE } from '../../../../bench/nights/simulate';
import { parsePolicyText } from '../../../../src/specs/recovery/policy-file';

const KINDS = [
  ...DETERMINISTIC_ERRORS,
  ...TRANSIENT_ERRORS,
  HOST_ERROR,
  MEMORY_ERROR,
  ...Object.values(OUTAGE_ERRORS),
];

function messagesOf({ message }: ErrorKind): readonly string[] {
  const draw = drawFrom(1);
  return Array.from({ length: 200 }, (_, at) =>
    message({ host: `node-${String(at)}`, drawn: draw('message', at) }),
  );
}

describe('the errors of the simulation', () => {
  it.each(KINDS.map((kind) => [kind.name, kind] as const))(
    'differ in details, and are one: %s',
    (_, kind) => {
      const messages = messagesOf(kind);
      expect(new Set(messages).size).toBeGreaterThan(1);
      const fingerprints = messages.map(
        (text) => fingerprintOf({ kind: 'told', trace: `${text}\n` }).fingerprint,
      );
      expect(new Set(fingerprints).size).toBe(1);
    },
  );

  it('are different from each other', () => {
    const patterns = KINDS.map(
      (kind) => fingerprintOf({ kind: 'told', trace: messagesOf(kind)[0] ?? '' }).pattern,
    );
    expect(new Set(patterns).size).toBe(KINDS.length);
  });

  it('are met by the rules that are meant for them', () => {
    const { policy, warnings } = parsePolicyText(readFileSync(POLICY_FILE, 'utf8'), {
      file: 'recovery.yaml',
      format: 'yaml',
    });
    expect(warnings).toEqual([]);
    const ruleOf = (kind: ErrorKind): string | undefined =>
      policy.rules.find(({ selectors: { activeLaunch = [] } }) =>
        activeLaunch.some((query) => {
          const { $regex: regex } = Object.values(query)[0] as { readonly $regex: string };
          return new RegExp(regex).test(messagesOf(kind)[0] ?? '');
        }),
      )?.name;
    const around = [...TRANSIENT_ERRORS, HOST_ERROR, ...Object.values(OUTAGE_ERRORS)];
    expect(around.map(ruleOf)).toEqual(around.map(() => "the cluster's fault"));
    expect(ruleOf(MEMORY_ERROR)).toBe('out of memory');
    expect(DETERMINISTIC_ERRORS.map(ruleOf)).toEqual([
      undefined,
      'bad input',
      ...DETERMINISTIC_ERRORS.slice(2).map(() => undefined),
    ]);
  });
});
