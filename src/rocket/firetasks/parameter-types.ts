/** Pieces of the JSON Schemas of built-in Firetasks' parameters. */
import type { ValueObject } from '../../domain/model';

/** Python takes anything for a flag. */
export const FLAG: ValueObject = { type: ['boolean', 'null', 'integer'] };
export const TEXT: ValueObject = { type: ['string', 'null'] };
export const INTEGER: ValueObject = { type: ['integer', 'null'] };
export const TEXTS: ValueObject = { type: 'array', items: { type: 'string' } };

/** An object with these parameters, of which some are required; others are accepted, as in FireWorks. */
export function parameters(required: readonly string[], properties: ValueObject): ValueObject {
  return { type: 'object', required, properties };
}
