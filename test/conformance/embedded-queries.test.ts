/** The promise of the embedded store: a raw query is answered as MongoDB answers it, or refused. */
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { LpadError } from '../../src/errors';
import type { StoredDocument } from '../../src/storage/documents';
import { decode, encode } from '../../src/storage/embedded/lmdb/stored-bytes';
import { createMatcher } from '../../src/storage/embedded/query/matcher';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { document, query, randomOptions, randomPattern, randomText } from './query-arbitraries';

const BATCH = 40;
/** More of them find what is rarer: LPAD_QUERY_ROUNDS=4000. */
const ROUNDS = Number(process.env['LPAD_QUERY_ROUNDS'] ?? 100);

type Query = Record<string, unknown>;

/** The places of the documents that match, or undefined when the query is refused. */
function answerHere(asked: Query, documents: readonly StoredDocument[]): string | undefined {
  try {
    const matches = createMatcher(asked);
    return documents.flatMap((doc, place) => (matches(doc) ? [place] : [])).join();
  } catch (error) {
    if (error instanceof LpadError && error.code === 'BAD_QUERY') return undefined;
    throw error;
  }
}

describeWithMongo('a raw query in the embedded store', () => {
  const database = freshDatabase();
  const client = new MongoClient(database.uri);
  const collection = client.db(database.name).collection<StoredDocument & { _id: number }>('documents');

  afterAll(async () => {
    await client.close();
    await database.drop();
  });

  async function answerThere(asked: Query): Promise<string | undefined> {
    try {
      const found = await collection.find(asked, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray();
      return found.map(({ _id }) => _id).join();
    } catch {
      return undefined;
    }
  }

  /** Asks both; counts how often there was something to compare. */
  async function compareAnswers(
    documents: fc.Arbitrary<StoredDocument>,
    queries: fc.Arbitrary<Query>,
  ): Promise<{ compared: number; matched: number; refused: number }> {
    const counts = { compared: 0, matched: 0, refused: 0 };
    const length = { minLength: BATCH, maxLength: BATCH };
    await fc.assert(
      fc.asyncProperty(fc.array(documents, length), fc.array(queries, length), async (docs, asked) => {
        const stored = docs.map((doc, place) => ({ _id: place, ...doc }));
        await collection.deleteMany({});
        await collection.insertMany(stored);
        const read = stored.map((doc) => decode(encode(doc)));
        for (const one of asked) {
          const here = answerHere(one, read);
          const there = await answerThere(one);
          if (here === undefined || there === undefined)
            counts.refused += here === undefined && there !== undefined ? 1 : 0;
          else if (here !== there) throw new Error(`${JSON.stringify(one)}: here ${here}, there ${there}`);
          else {
            counts.compared += 1;
            if (there !== '') counts.matched += 1;
          }
        }
      }),
      { numRuns: ROUNDS },
    );
    return counts;
  }

  it('is answered as MongoDB answers it', async () => {
    const { compared, matched, refused } = await compareAnswers(document, query);
    expect(compared).toBeGreaterThan(BATCH * ROUNDS * 0.9);
    expect(matched).toBeGreaterThan(compared / 5);
    expect(refused).toBeLessThan(compared / 100);
  }, 3_600_000);

  it('has regular expressions that match as those of MongoDB', async () => {
    const patterns = fc
      .tuple(randomPattern, randomOptions)
      .map(([source, options]) => ({ text: { $regex: source, $options: options } }));
    const { compared, matched, refused } = await compareAnswers(fc.record({ text: randomText }), patterns);
    expect(compared).toBeGreaterThan(refused / 5);
    expect(matched).toBeGreaterThan(compared / 5);
  }, 3_600_000);
});
