/** Whether a document is what a query asks for. Documents are read with their BSON types (READ_OPTIONS). */
import type { Value } from '../../../domain/model';
import { holdsAt } from './operators';
import type { Condition } from './condition';

export function evaluate(condition: Condition, document: Value): boolean {
  switch (condition.kind) {
    case 'field':
      return holdsAt(document, condition.parts, condition.condition);
    case 'and':
      return condition.of.every((one) => evaluate(one, document));
    case 'or':
      return condition.of.some((one) => evaluate(one, document));
    case 'nor':
      return !condition.of.some((one) => evaluate(one, document));
  }
}
