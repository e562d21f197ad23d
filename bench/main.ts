/** `npm run bench`: lpad, FireWorks and the bare driver on one MongoDB, in one run, in turns. docs/benchmarks.md explains. */
import { writeFileSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { endWith } from '../scripts/run-step';
import { startMongod } from '../test/support/start-mongod';
import { readOptions, USAGE, type BenchOptions } from './options';
import { reportRow, type RowReport } from './report/ratios';
import { tableOf } from './report/table';
import { allRows } from './rows/all-rows';
import { planInMemory } from './rows/plan-in-memory';
import type { Row } from './rows/row';
import { runRow } from './run/run-row';
import { checkLayout } from './state/layout';

const PLANS = 'plan';

async function main(): Promise<number> {
  const { list, ...options } = readOptions(process.argv.slice(2));
  const rows = allRows(options);
  const names = [...rows.map(({ name }) => name), PLANS];
  const unknown = options.rows.filter((name) => !names.includes(name));
  if (list || unknown.length > 0) {
    if (unknown.length > 0) process.stderr.write(`no row ${unknown.join(', ')}\n${USAGE}\n`);
    process.stdout.write(`${names.join('\n')}\n`);
    return list ? 0 : 2;
  }
  const asked = (name: string): boolean => options.rows.length === 0 || options.rows.includes(name);
  const reports = await runAll(
    rows.filter(({ name }) => asked(name)),
    options,
  );
  if (asked(PLANS)) reports.push(...planInMemory(options.home, options.small));
  process.stdout.write(`${tableOf(reports)}\n`);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(reports, undefined, 2)}\n`);
  // Falling short of a target is a result and no failure.
  return 0;
}

async function runAll(rows: readonly Row[], given: BenchOptions): Promise<RowReport[]> {
  const reports: RowReport[] = [];
  const server = await startMongod(given.uri === '' ? process.env : { LPAD_TEST_MONGO_URI: given.uri });
  const options = { ...given, uri: server.uri };
  const client = new MongoClient(server.uri);
  try {
    if (options.fireworks) await checkLayout(client, options);
    for (const row of rows) {
      process.stderr.write(`${row.title}\n`);
      reports.push(reportRow(await runRow(row, client, options), reports));
    }
  } finally {
    await client.close();
    await server.stop();
  }
  return reports;
}

endWith(main);
