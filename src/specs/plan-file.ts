/**
 * Plan files: what `rerun_fws --plan` writes and `lpad apply` commits. JSON; the changes are canonical Extended JSON, so that
 * every number keeps its BSON type.
 */
import { EJSON } from 'bson';
import type { WorkflowPatch } from '../domain/patch';
import { patchesFromForms, patchToForms, type ChangeForm } from '../domain/patch-form';
import { LpadError, messageOf } from '../errors';
import { parseLocated } from './workflow-files/located-document';
import { validate } from './validate';

const FORMAT = 1;

export interface PlanFile {
  /** Description of the store that the plan was made for. */
  readonly database: string;
  readonly createdOn: Date;
  readonly operation: string;
  readonly commandLine: readonly string[];
  readonly patches: readonly WorkflowPatch[];
}

export function toPlanText(plan: PlanFile): string {
  const head = {
    format: FORMAT,
    operation: plan.operation,
    database: plan.database,
    created_on: plan.createdOn.toISOString(),
    command_line: plan.commandLine,
  };
  const changes = plan.patches.flatMap(patchToForms).map((form) => EJSON.stringify(form, { relaxed: false }));
  const list = changes.length === 0 ? '[]' : `[\n${changes.join(',\n')}\n]`;
  return `${JSON.stringify(head, undefined, 2).replace(/\n\}$/, '')},\n  "changes": ${list}\n}\n`;
}

export function parsePlanText(text: string, file: string): PlanFile {
  const document = parseLocated(text, { file, format: 'json', code: 'BAD_PLAN' });
  validate(document, 'plan', { file, code: 'BAD_PLAN' });
  const head = document.value as Readonly<Record<string, unknown>>;
  if (head['format'] !== FORMAT) {
    throw new LpadError(
      'BAD_PLAN',
      `${file} has format ${String(head['format'])}, this lpad reads format ${String(FORMAT)}`,
    );
  }
  return {
    database: head['database'] as string,
    createdOn: new Date(head['created_on'] as string),
    operation: head['operation'] as string,
    commandLine: head['command_line'] as readonly string[],
    patches: patchesFromForms(readChanges(text, file)),
  };
}

/** The same text again, read as Extended JSON. */
function readChanges(text: string, file: string): readonly ChangeForm[] {
  try {
    const { changes } = EJSON.parse(text, { relaxed: false }) as { readonly changes: readonly ChangeForm[] };
    return changes.map(withNumbers);
  } catch (error) {
    throw new LpadError('BAD_PLAN', `${file}: the changes are no Extended JSON: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** Wrappers where a JavaScript number loses nothing become one, as everywhere. */
function withNumbers(form: ChangeForm): ChangeForm {
  return unwrap(form) as ChangeForm;
}

const MAX_INT32 = 2 ** 31 - 1;

function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap);
  if (typeof value !== 'object' || value === null) return value;
  if ('_bsontype' in value) {
    const type = String(value._bsontype);
    const number = Number(value);
    if (type === 'Int32') return number;
    const wouldBeInt32 = Number.isInteger(number) && Math.abs(number) <= MAX_INT32 && !Object.is(number, -0);
    return type === 'Double' && !wouldBeInt32 ? number : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]));
}
