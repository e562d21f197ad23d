/** A workflow that grows or shrinks: its graph, and what is noted of its members, change in one stage of an update. */
import type { Document } from 'mongodb';
import type { Value } from '../../../domain/model';
import { ABSENT, type FieldChange } from '../../../domain/patch';
import { joiningNodes, leavingNodes, storedName } from '../../documents';

const MAPS = ['links', 'parentLinks', 'fwStates'] as const;

interface Split {
  readonly inGraph: readonly FieldChange[];
  readonly others: readonly FieldChange[];
}

export function splitGraph(fields: readonly FieldChange[]): Split {
  const isInGraph = ({ path }: FieldChange): boolean =>
    path.length === 2 && (MAPS as readonly string[]).includes(path[0] ?? '');
  return { inGraph: fields.filter(isInGraph), others: fields.filter((field) => !isInGraph(field)) };
}

export function graphStage(fields: readonly FieldChange[]): Document {
  const set: Document = {};
  for (const name of MAPS) {
    const changes = fields.filter(({ path }) => path[0] === name);
    if (changes.length > 0) set[storedName(name)] = mapExpression(`$${storedName(name)}`, changes);
  }
  const [joining, leaving] = [joiningNodes(fields), leavingNodes(fields)];
  if (joining.length > 0) set['nodes'] = { $concatArrays: ['$nodes', { $literal: joining }] };
  if (leaving.length > 0) set['nodes'] = without('$nodes', '$$this', leaving);
  return { $set: set };
}

/** Keys that stay keep their places. */
function mapExpression(map: string, changes: readonly FieldChange[]): Value {
  const gone = changes.filter(({ after }) => after === ABSENT).map(({ path }) => path[1] ?? '');
  const kept = changes.filter(({ after }) => after !== ABSENT);
  const values = Object.fromEntries(kept.map(({ path, after }) => [path[1] ?? '', after]));
  const rest =
    gone.length === 0 ? map : { $arrayToObject: without({ $objectToArray: map }, '$$this.k', gone) };
  return kept.length === 0 ? rest : { $mergeObjects: [rest, { $literal: values }] };
}

function without(list: Value, item: string, gone: readonly Value[]): Document {
  return { $filter: { input: list, cond: { $not: [{ $in: [item, { $literal: gone }] }] } } };
}
