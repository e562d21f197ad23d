/** A query as it was read. */
import type { FieldCondition } from './operators';

export type Condition =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly of: readonly Condition[] }
  | { readonly kind: 'field'; readonly parts: readonly string[]; readonly condition: FieldCondition };
