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
  const { reports, failed } = await runAll(
    rows.filter(({ name }) => asked(name)),
    options,
  );
  if (asked(PLANS)) reports.push(...planInMemory(options.home, options.small));
  print(reports, options);
  // Falling short of a target is a result; only a row that could not be run, or came out wrong, is a failure.
  return failed ? 1 : 0;
}

function print(reports: readonly RowReport[], { json }: BenchOptions): void {
  process.stdout.write(`${tableOf(reports)}\n`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(reports, undefined, 2)}\n`);
}

async function runAll(
  rows: readonly Row[],
  given: BenchOptions,
): Promise<{ reports: RowReport[]; failed: boolean }> {
  const reports: RowReport[] = [];
  let failed = false;
  const server = await startMongod(given.uri === '' ? process.env : { LPAD_TEST_MONGO_URI: given.uri });
  const options = { ...given, uri: server.uri };
  const client = new MongoClient(server.uri);
  try {
    if (options.fireworks) await checkLayout(client, options);
    for (const row of rows) {
      try {
        const report = reportRow(await runRow(row, client, options), reports);
        reports.push(report);
        // Rows take minutes: each is told when it is done.
        process.stderr.write(`${tableOf([report]).split('\n').slice(2).join('\n')}\n`);
      } catch (error) {
        failed = true;
        process.stderr.write(`${row.name}: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  } finally {
    await client.close();
    await server.stop();
  }
  return { reports, failed };
}

endWith(main);
