import { createMongoStore } from '../../src/storage/mongo/mongo-store';
import { describeWithMongo, freshDatabase } from '../support/mongod';
import { storeSuite } from './store-suite';

describeWithMongo('with a server', () => {
  storeSuite('the MongoDB store', async () => {
    const database = freshDatabase();
    const store = createMongoStore({ uri: database.uri, database: database.name });
    await store.open();
    await store.reset();
    const dispose = async (): Promise<void> => {
      await store.close();
      await database.drop();
    };
    return { store, dispose };
  });
});
