import { Double, Long } from 'bson';
import type { UseStore } from '../store-suite';
import { RICH_SPEC } from './adding';
import { firework, workflowOf } from './builders';

/** Queries of one Firework with a rich spec, and whether they find it. */
const QUERIES: readonly (readonly [string, Record<string, unknown>, boolean])[] = [
  ['a double by an integer', { 'spec.whole_double': 1 }, true],
  ['an integer by a double', { 'spec.int': new Double(7) }, true],
  ['a 64-bit integer exactly', { 'spec.large': Long.fromString('1152921504606846976') }, true],
  ['no 64-bit integer beside it', { 'spec.large': Long.fromString('1152921504606846977') }, false],
  ['a missing field by null', { 'spec.missing': null }, true],
  ['null by existence', { 'spec.nothing': { $exists: true } }, true],
  ['no text by a number', { 'spec.date_text': { $gt: 5 } }, false],
  ['a Date', { 'spec.date': { $lte: new Date('2026-11-21T08:01:43.756Z') } }, true],
  ['an element of a list of objects', { 'spec._tasks._fw_name': 'PyTask' }, true],
  ['an element by its place', { 'spec._tasks.0.args.0': 'abc' }, true],
  ['no nested list by its elements', { 'spec.nested.z': 2 }, false],
  ['a name by a pattern', { name: { $regex: '^FW-', $options: 'i' } }, true],
  ['a name by a RegExp', { name: /w-1$/ }, true],
  ['a name by a pattern in a list', { name: { $in: ['x', /^fw/] } }, true],
  ['objects by their keys in order', { 'spec.nested.a': {} }, true],
  ['a type', { 'spec.whole_double': { $type: 'double' } }, true],
  ['elements', { 'spec._tasks': { $elemMatch: { func: 'len', args: { $size: 2 } } } }, true],
  ['none of several', { $nor: [{ state: 'FIZZLED' }, { name: 'fw-2' }] }, true],
];

/** What MongoDB itself refuses. */
const WRONG: readonly (readonly [string, Record<string, unknown>])[] = [
  ['an operator that there is not', { state: { $like: 'READY' } }],
  ['an $in without a list', { state: { $in: 'READY' } }],
  ['an empty $or', { $or: [] }],
  ['an unfinished pattern', { name: { $regex: '(' } }],
];

export function queryTests(useStore: UseStore): void {
  it.each(QUERIES)('find %s', async (_what, where, expected) => {
    const store = useStore();
    await store.addWorkflows([workflowOf([firework(1, { spec: RICH_SPEC })])]);
    expect(await store.findFireworkIds({ where })).toEqual(expected ? [1] : []);
    expect(await store.countFireworks({ where })).toBe(expected ? 1 : 0);
  });

  it.each(WRONG)('say that %s is wrong', async (_what, where) => {
    await expect(useStore().findFireworkIds({ where })).rejects.toMatchObject({ code: 'BAD_QUERY' });
  });
}
