import { MongoClient } from 'mongodb';
import { restoreState } from '/work/main/bench/state/seed';
(async () => { const c = new MongoClient('mongodb://127.0.0.1:27117'); const t=Date.now();
 await restoreState(c.db(process.argv[2])); 
 await c.close(); })();
