import { MongoClient } from 'mongodb';
import { buildState } from '/work/main/bench/state/seed';
import * as g from '/work/main/bench/state/graph';
const [,, name, kind, size, count, state] = process.argv;
(async () => { const c = new MongoClient('mongodb://127.0.0.1:27117'); const t=Date.now();
 await buildState(c.db(name), { graph: kind==='single'? g.single(): (g as any)[kind!](Number(size)), workflows: Number(count), state: state as any });
 console.log(Date.now()-t,'ms'); await c.close(); })();
