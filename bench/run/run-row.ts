/** One row: the state, then everybody in turn, so that a noisy machine is noisy for all of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db, MongoClient } from 'mongodb';
import type { Row } from '../rows/row';
import type { Document } from '../state/documents';
import { buildEmbedded, restoreEmbedded } from '../state/embedded';
import { buildState, restoreState } from '../state/seed';
import type { BenchOptions } from '../options';
import { contestantsOf, invocationOf, type Arena, type Contestant } from './contestants';
import { measure, type Measurement } from './measure';
import { firstDifference, inspectOutput, inspectRerun, inspectStates } from './verify';

export interface RowResult {
  readonly row: Row;
  readonly runs: ReadonlyMap<Contestant, readonly Measurement[]>;
}

const DATABASE = 'bench_lpad';

export async function runRow(row: Row, client: MongoClient, options: BenchOptions): Promise<RowResult> {
  const folder = mkdtempSync(join(tmpdir(), 'lpad-bench-'));
  const kept = join(folder, 'kept');
  const store = join(folder, 'store');
  const arena: Arena = { ...options, folder, database: DATABASE, store };
  const db = client.db(DATABASE);
  const contestants = contestantsOf(row, options);
  const runs = new Map<Contestant, Measurement[]>();
  const results = new Map<Contestant, readonly Document[]>();
  try {
    await buildState(db, row.seed);
    if (row.file) writeFileSync(join(folder, row.file.name), row.file.text());
    if (contestants.includes('embedded')) {
      await buildEmbedded(options.home, kept, row.seed);
      restoreEmbedded(kept, store);
    }
    for (let turn = 0; turn < Math.max(row.runs ?? options.runs, 1); turn += 1) {
      for (const contestant of contestants) {
        if (contestant === 'fireworks' && turn >= (row.runs ?? options.fireworksRuns)) continue;
        if (row.changes && contestant === 'embedded') restoreEmbedded(kept, store);
        else if (row.changes) await restoreState(db, row.seed);
        const measurement = await measure(invocationOf(contestant, row, arena));
        runs.set(contestant, [...(runs.get(contestant) ?? []), measurement]);
        if (contestant === 'embedded' || measurement.cutShort || row.name === 'help') continue;
        results.set(contestant, await inspect(db, row, measurement));
      }
    }
    compare(row, results);
  } finally {
    await db.dropDatabase();
    rmSync(folder, { recursive: true, force: true });
  }
  return { row, runs };
}

async function inspect(db: Db, row: Row, { stdout }: Measurement): Promise<readonly Document[]> {
  if (!row.changes) return inspectOutput(stdout);
  return row.leaves ? inspectStates(db, row.leaves) : inspectRerun(db, row);
}

function compare({ name }: Row, results: ReadonlyMap<Contestant, readonly Document[]>): void {
  const ours = results.get('ours') ?? [];
  for (const [contestant, theirs] of results) {
    const difference = firstDifference(ours, theirs);
    if (difference !== undefined) throw new Error(`${name}: ours and ${contestant} differ: ${difference}`);
  }
}
