import { Double, Long } from 'bson';
import { createSpecDraft } from '../../../src/domain/spec-draft';
import type { ValueObject } from '../../../src/domain/model';
import {
  parseMongoUpdate,
  parseSpecUpdate,
  type ParsedUpdate,
} from '../../../src/specs/updates/parse-update';

/** The spec after the update, or why it does not fit. */
function updated(spec: ValueObject, { editSpec }: ParsedUpdate): ValueObject | string {
  const draft = createSpecDraft(spec);
  return editSpec(draft) ?? draft.whole();
}

const set = (spec: ValueObject, update: unknown): ValueObject | string =>
  updated(spec, parseSpecUpdate(typeof update === 'string' ? update : JSON.stringify(update)));
const mongo = (spec: ValueObject, update: unknown): ValueObject | string =>
  updated(spec, parseMongoUpdate(typeof update === 'string' ? update : JSON.stringify(update)));

describe('an update of a spec', () => {
  it('leads by dots into objects, and by numbers to places in lists', () => {
    const spec = { settings: { cutoff: 500, k: [1, 2] }, _tasks: [{ script: 'a' }, { script: 'b' }] };
    expect(
      set(spec, { 'settings.cutoff': 600, 'settings.k.3': 4, '_tasks.1.script': 'c', 'new.deep': [] }),
    ).toEqual({
      settings: { cutoff: 600, k: [1, 2, null, 4] },
      _tasks: [{ script: 'a' }, { script: 'c' }],
      new: { deep: [] },
    });
    expect(spec.settings.cutoff).toBe(500);
  });

  it('keeps the types of numbers', () => {
    expect(set({}, '{"i": 1, "d": 1.0, "l": 12345678901}')).toStrictEqual({
      d: new Double(1),
      i: 1,
      l: Long.fromString('12345678901'),
    });
  });

  it('says what is in the way', () => {
    expect(set({ label: 'x' }, { 'label.a': 1 })).toBe('spec.label is no object, so label.a cannot be set');
    expect(set({ list: [1] }, { 'list.x': 1 })).toBe('spec.list is a list of 1, so list.x cannot be set');
    expect(set({ list: [1] }, { 'list.99999': 1 })).toBe(
      'spec.list is a list of 1, so list.99999 cannot be set',
    );
    expect(set({ list: [1] }, { 'list.length': 1 })).toBe(
      'spec.list is a list of 1, so list.length cannot be set',
    );
  });

  it.each([
    ['{}', 'it changes nothing'],
    ['[1]', 'an update is an object { }, this is a list'],
    ['label=1', 'only one value is expected'],
    ['{"spec.label": 1}', 'keys are below spec already: write label, not spec.label'],
    ['{"$set": {"spec.a": 1}}', '$set is an operator of MongoDB, which needs --mongo'],
    ['{"a": 1, "a.b": 2}', 'a and a.b change the same'],
    ['{"a..b": 1}', '"a..b" is no path below spec'],
    ['{"a.$.b": 1}', '"a.$.b" is no path below spec'],
  ])('%s is refused before anything is read', (text, message) => {
    expect(() => parseSpecUpdate(text)).toThrow(message);
  });
});

describe('an update of MongoDB', () => {
  const SPEC = {
    n: 2,
    f: new Double(1),
    list: [1, 2, 2, 3],
    text: 'x',
    deep: { a: 1 },
    items: [{ a: 1, b: 2 }, { a: 2 }],
  };

  it.each<[string, unknown, ValueObject]>([
    ['$set', { 'spec.text': 'y', 'spec.deep.b': 2 }, { ...SPEC, text: 'y', deep: { a: 1, b: 2 } }],
    ['$unset', { 'spec.deep.a': '', 'spec.none': '' }, { ...SPEC, deep: {} }],
    ['$inc', { 'spec.n': 3, 'spec.f': 1, 'spec.new': 1 }, { ...SPEC, n: 5, f: new Double(2), new: 1 }],
    ['$mul', { 'spec.n': 3, 'spec.new': 4 }, { ...SPEC, n: 6, new: 0 }],
    ['$min', { 'spec.n': 1, 'spec.text': 'z' }, { ...SPEC, n: 1 }],
    ['$max', { 'spec.n': 1, 'spec.text': 'z' }, { ...SPEC, text: 'z' }],
    ['$push', { 'spec.list': 4, 'spec.new': { a: 1 } }, { ...SPEC, list: [1, 2, 2, 3, 4], new: [{ a: 1 }] }],
    ['$push', { 'spec.list': { $each: [8, 9], $position: 1, $slice: 3 } }, { ...SPEC, list: [1, 8, 9] }],
    ['$addToSet', { 'spec.list': { $each: [3, 4, 4] } }, { ...SPEC, list: [1, 2, 2, 3, 4] }],
    ['$pull', { 'spec.list': 2, 'spec.items': { a: 1 } }, { ...SPEC, list: [1, 3], items: [{ a: 2 }] }],
    ['$pullAll', { 'spec.list': [1, 3] }, { ...SPEC, list: [2, 2] }],
    ['$pop', { 'spec.list': -1, 'spec.items': 1 }, { ...SPEC, list: [2, 2, 3], items: [{ a: 1, b: 2 }] }],
  ])('has %s', (operator, fields, expected) => {
    expect(mongo(SPEC, { [operator]: fields })).toStrictEqual(expected);
  });

  it('renames what is there', () => {
    expect(mongo({ a: 1, b: { c: 2 } }, { $rename: { 'spec.a': 'spec.b.d', 'spec.no': 'spec.x' } })).toEqual({
      b: { c: 2, d: 1 },
    });
  });

  it('may change the name', () => {
    expect(parseMongoUpdate('{"$set": {"name": "new"}}').name).toBe('new');
  });

  it.each([
    [{ $inc: { 'spec.text': 1 } }, '$inc of spec.text: a text is no number'],
    [{ $push: { 'spec.text': 1 } }, '$push of spec.text: there is a text, not a list'],
    [{ $push: { 'spec.list': { $each: [], $sort: 1 } } }, '$push of spec.list: $sort is not supported'],
    [{ $pull: { 'spec.list': { $gt: 1 } } }, '$pull of spec.list: $gt is not supported'],
    [{ $min: { 'spec.n': 'a' } }, '$min of spec.n: a number and a text cannot be compared'],
    [{ $set: { 'spec.text.a': 1 } }, 'spec.text is no object, so text.a cannot be set'],
  ])('%j does not fit', (update, reason) => {
    expect(mongo(SPEC, update)).toBe(reason);
  });

  it.each([
    ['{}', 'it changes nothing'],
    ['{"spec.a": 1}', 'spec.a is no operator'],
    ['{"$where": {}}', '$where is not supported'],
    ['{"$set": 1}', '$set needs an object of fields'],
    ['{"$set": {"state": "READY"}}', 'there are commands for states'],
    ['{"$set": {"launches": []}}', 'only spec and name may be changed'],
    ['{"$set": {"spec.a": 1}, "$inc": {"spec.a": 1}}', 'a and a change the same'],
    ['{"$rename": {"spec.a": 1}}', 'the new name as a text'],
  ])('%s is refused before anything is read', (text, message) => {
    expect(() => parseMongoUpdate(text)).toThrow(message);
  });
});
