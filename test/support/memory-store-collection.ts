/**
 * A collection in memory that answers like the driver's, as far as the program asks. MongoDB's atomicity is kept: one
 * document at a time. Before each of these steps it waits for its turn.
 */
import { clone, applyUpdate } from './memory-store-update';
import { evaluate } from './memory-store-expression';
import { isPlain, matches, type MemoryDocument } from './memory-store-filter';

/** Does one atomic step when its turn has come. */
export type TakeTurn = <Result>(label: string, changes: boolean, step: () => Result) => Promise<Result>;

interface FindOptions {
  readonly projection?: Readonly<Record<string, unknown>>;
  readonly sort?: Readonly<Record<string, number>>;
  readonly limit?: number;
}

type Update = Readonly<Record<string, unknown>>;

interface Cursor extends AsyncIterable<MemoryDocument> {
  toArray(): Promise<MemoryDocument[]>;
  hasNext(): Promise<boolean>;
  readBufferedDocuments(): MemoryDocument[];
  close(): Promise<void>;
}

export class MemoryCollection {
  readonly documents: MemoryDocument[] = [];
  readonly #name: string;
  readonly #takeTurn: TakeTurn;
  #lastId = 0;

  constructor(name: string, takeTurn: TakeTurn) {
    this.#name = name;
    this.#takeTurn = takeTurn;
  }

  find(filter: object, options: FindOptions = {}): Cursor {
    return this.#cursor(() => this.#read(filter, options));
  }

  async findOne(filter: object, options: FindOptions = {}): Promise<MemoryDocument | null> {
    const [first] = await this.find(filter, { ...options, limit: 1 }).toArray();
    return first ?? null;
  }

  aggregate(stages: readonly Update[]): Cursor {
    return this.#cursor(() => stages.reduce(applyStage, this.#read({}, {})));
  }

  async countDocuments(filter: object): Promise<number> {
    return (await this.find(filter).toArray()).length;
  }

  insertOne(doc: MemoryDocument): Promise<object> {
    return this.#takeTurn(`${this.#name} insert`, true, () => this.#insert(doc));
  }

  async insertMany(docs: readonly MemoryDocument[]): Promise<object> {
    for (const doc of docs) await this.insertOne(doc);
    return {};
  }

  async updateOne(filter: object, update: Update | readonly Update[]): Promise<UpdateCounts> {
    return this.#takeTurn(`${this.#name} update`, true, () => {
      const doc = this.documents.find((one) => matches(one, filter));
      return this.#change(doc, update);
    });
  }

  /** Not atomic: others see some documents changed and others not yet. */
  async updateMany(filter: object, update: Update | readonly Update[]): Promise<UpdateCounts> {
    let [matchedCount, modifiedCount] = [0, 0];
    const candidates = this.documents.filter((one) => mayMatch(one, filter));
    for (const candidate of candidates) {
      const label = `${this.#name} update ${idOf(candidate)}`;
      const counts = await this.#takeTurn(label, true, () =>
        this.#change(matches(candidate, filter) ? candidate : undefined, update),
      );
      matchedCount += counts.matchedCount;
      modifiedCount += counts.modifiedCount;
    }
    return { matchedCount, modifiedCount };
  }

  async bulkWrite(operations: readonly BulkOperation[]): Promise<BulkCounts> {
    const counts = { matchedCount: 0, modifiedCount: 0, upsertedCount: 0, deletedCount: 0 };
    for (const { updateOne, deleteOne, ...others } of operations) {
      if (Object.keys(others).length > 0) throw new Error('the memory store knows updateOne and deleteOne');
      if (deleteOne) counts.deletedCount += (await this.deleteOne(deleteOne.filter)).deletedCount;
      if (!updateOne) continue;
      if (updateOne.upsert) counts.upsertedCount += await this.#upsert(updateOne);
      else {
        const { matchedCount, modifiedCount } = await this.updateOne(updateOne.filter, updateOne.update);
        counts.matchedCount += matchedCount;
        counts.modifiedCount += modifiedCount;
      }
    }
    return counts;
  }

  /** 1 when it was not there. */
  async #upsert({ filter, update }: BulkUpdate): Promise<number> {
    return this.#takeTurn(`${this.#name} insert`, true, () => {
      const { $setOnInsert, ...others } = update;
      if (!$setOnInsert || Object.keys(others).length > 0)
        throw new Error('the memory store only knows upserts with $setOnInsert');
      if (this.documents.some((one) => matches(one, filter))) return 0;
      this.#insert($setOnInsert as MemoryDocument);
      return 1;
    });
  }

  async deleteOne(filter: object): Promise<{ readonly deletedCount: number }> {
    return this.#takeTurn(`${this.#name} delete`, true, () => this.#remove(filter));
  }

  /** Not atomic, as updateMany. */
  async deleteMany(filter: object): Promise<{ readonly deletedCount: number }> {
    let deletedCount = 0;
    for (const candidate of this.documents.filter((one) => mayMatch(one, filter))) {
      const label = `${this.#name} delete ${idOf(candidate)}`;
      const { _id } = candidate;
      deletedCount += await this.#takeTurn(label, true, () =>
        matches(candidate, filter) ? this.#remove({ _id }).deletedCount : 0,
      );
    }
    return { deletedCount };
  }

  async findOneAndDelete(filter: object): Promise<MemoryDocument | null> {
    return this.#takeTurn(`${this.#name} delete`, true, () => {
      const doc = this.documents.find((one) => matches(one, filter));
      if (doc) this.#remove({ _id: doc['_id'] });
      return doc ? clone(doc) : null;
    });
  }

  #remove(filter: object): { readonly deletedCount: number } {
    const at = this.documents.findIndex((one) => matches(one, filter));
    if (at >= 0) this.documents.splice(at, 1);
    return { deletedCount: at >= 0 ? 1 : 0 };
  }

  async replaceOne(filter: object, doc: MemoryDocument): Promise<object> {
    return this.#takeTurn(`${this.#name} replace`, true, () => {
      const old = this.documents.findIndex((one) => matches(one, filter));
      if (old === -1) this.#insert(doc);
      else this.documents[old] = { _id: this.documents[old]?.['_id'], ...clone(doc) };
      return {};
    });
  }

  async findOneAndUpdate(
    filter: object,
    update: Update,
    options: FindOptions & { readonly returnDocument: 'before' | 'after' },
  ): Promise<MemoryDocument | null> {
    return this.#takeTurn(`${this.#name} claim`, true, () => {
      const found = sorted(
        this.documents.filter((one) => matches(one, filter)),
        options.sort ?? {},
      );
      const [doc] = found;
      if (!doc) return null;
      const before = clone(doc);
      applyUpdate(doc, update);
      return options.returnDocument === 'before' ? before : clone(doc);
    });
  }

  #insert(doc: MemoryDocument): object {
    this.#lastId += 1;
    this.documents.push(clone({ _id: this.#lastId, ...doc }));
    return {};
  }

  #change(doc: MemoryDocument | undefined, update: Update | readonly Update[]): UpdateCounts {
    if (!doc) return { matchedCount: 0, modifiedCount: 0 };
    applyUpdate(doc, update);
    return { matchedCount: 1, modifiedCount: 1 };
  }

  #read(filter: object, { projection, sort, limit }: FindOptions): MemoryDocument[] {
    const found = this.documents.filter((one) => matches(one, filter));
    const page = sorted(found, sort ?? {}).slice(0, limit === 0 ? undefined : limit);
    return page.map((doc) => project(clone(doc), projection));
  }

  #cursor(read: () => MemoryDocument[]): Cursor {
    const toArray = (): Promise<MemoryDocument[]> => this.#takeTurn(`${this.#name} read`, false, read);
    let buffer: MemoryDocument[] | undefined;
    return {
      toArray,
      hasNext: async () => (buffer ??= await toArray()).length > 0,
      readBufferedDocuments: () => buffer?.splice(0) ?? [],
      close: () => Promise.resolve(),
      async *[Symbol.asyncIterator]() {
        for (const doc of await toArray()) yield doc;
      },
    };
  }
}

interface BulkUpdate {
  readonly filter: object;
  readonly update: Update;
  readonly upsert?: boolean;
}

interface BulkOperation {
  readonly updateOne?: BulkUpdate;
  readonly deleteOne?: { readonly filter: object };
}

interface BulkCounts extends UpdateCounts {
  readonly upsertedCount: number;
  readonly deletedCount: number;
}

interface UpdateCounts {
  readonly matchedCount: number;
  readonly modifiedCount: number;
}

function idOf(doc: MemoryDocument): string {
  return String(doc['fw_id'] ?? doc['launch_id'] ?? doc['entry'] ?? doc['_id']);
}

/** Which documents an update passes on its way does not change: those with the ids that it asks for. */
function mayMatch(doc: MemoryDocument, filter: object): boolean {
  const ids = Object.entries(filter).filter(([key]) => ['_id', 'fw_id', 'launch_id'].includes(key));
  return matches(doc, Object.fromEntries(ids));
}

function applyStage(docs: MemoryDocument[], stage: Update): MemoryDocument[] {
  const [operator = ''] = Object.keys(stage);
  const operand = stage[operator] as Record<string, unknown>;
  switch (operator) {
    case '$match':
      return docs.filter((doc) => matches(doc, operand));
    case '$sort':
      return sorted(docs, operand as Record<string, number>);
    case '$limit':
      return docs.slice(0, Number(operand));
    case '$addFields':
      return docs.map((doc) => ({ ...doc, ...(evaluate(doc, operand) as MemoryDocument) }));
    case '$unset':
      return docs.map((doc) => without(doc, stage[operator] as string));
    case '$project':
      return docs.map((doc) => projected(doc, operand));
    default:
      throw new Error(`the memory store does not know the stage ${operator}`);
  }
}

function without(doc: MemoryDocument, key: string): MemoryDocument {
  return Object.fromEntries(Object.entries(doc).filter(([one]) => one !== key));
}

/** Fields by 1, and expressions. */
function projected(doc: MemoryDocument, stage: Record<string, unknown>): MemoryDocument {
  const fields = Object.entries(stage).filter(([, value]) => value !== 0);
  return Object.fromEntries(
    fields.map(([key, value]) => [key, value === 1 ? doc[key] : evaluate(doc, value)]),
  );
}

function sorted(docs: readonly MemoryDocument[], sort: Readonly<Record<string, number>>): MemoryDocument[] {
  const order = Object.entries(sort).filter(([key]) => !key.includes('.'));
  return [...docs].sort((one, other) => {
    for (const [key, direction] of order) {
      const [left, right] = [one[key] as number, other[key] as number];
      if (left !== right) return (left < right ? -1 : 1) * direction;
    }
    return 0;
  });
}

/** Inclusions of some keys of the spec are read as the whole spec: a planner must not mind more than it asked for. */
function project(doc: MemoryDocument, projection: FindOptions['projection'] = {}): MemoryDocument {
  const names = new Set(Object.keys(projection).map((path) => path.split('.')[0] ?? ''));
  const includes = Object.entries(projection).some(([key, value]) => key !== '_id' && value !== 0);
  const kept = Object.entries(doc).filter(([key]) =>
    key === '_id' ? projection['_id'] !== 0 : names.has(key) === includes || names.size === 0,
  );
  const computed = Object.entries(projection).filter(([, value]) => isPlain(value));
  return Object.fromEntries([
    ...kept,
    ...computed.map(([key, value]) => [key, evaluate(doc, value)] as const),
  ]);
}
