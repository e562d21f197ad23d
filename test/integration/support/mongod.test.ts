import { MongoClient } from 'mongodb';
import { describeWithMongo, freshDatabase } from '../../support/mongod';

describeWithMongo('a database for tests', () => {
  it('is empty, keeps what is written, and is gone once dropped', async () => {
    const database = freshDatabase();
    const client = new MongoClient(database.uri);
    try {
      const collection = client.db(database.name).collection('fireworks');
      expect(await collection.countDocuments()).toBe(0);
      await collection.insertOne({ fw_id: 1 });
      expect(await collection.countDocuments()).toBe(1);

      await database.drop();

      const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
      expect(databases.map(({ name }) => name)).not.toContain(database.name);
    } finally {
      await client.close();
    }
  });

  it('is nobody else’s', () => {
    expect(freshDatabase().name).not.toBe(freshDatabase().name);
  });
});
