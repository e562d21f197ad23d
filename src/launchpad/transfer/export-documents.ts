/** `lpad export`: workflows with all that belongs to them, or the whole database, line by line. */
import { readSourceTree } from '../../domain/restart/source-tree';
import {
  countersLine,
  documentLine,
  endLine,
  headLine,
  type ExportCounts,
  type ExportedCollection,
} from '../../specs/transfer/export-file';
import { fieldsOf, numberAt, numbersAt } from '../../specs/transfer/bson-fields';
import type { LaunchPadStore, WorkflowSelection } from '../../storage/launchpad-store';
import type { RawRequest } from '../../storage/whole-documents';

export interface ExportRequest {
  /** Undefined: the whole database, also Fireworks and launches that are in no workflow. */
  readonly selection: WorkflowSelection | undefined;
  readonly createdOn: Date;
  readonly commandLine: readonly string[];
  /** Takes a line without its end, and returns when there is room for the next. */
  readonly write: (line: string) => Promise<void>;
}

export interface ExportReport {
  readonly counts: ExportCounts;
  /** Workflows that were not selected, but own a launch of one that was. */
  readonly owners: number;
}

/** Workflows are read before their Fireworks, and those before their launches: what is listed is there. */
export async function exportDocuments(
  store: LaunchPadStore,
  { selection, createdOn, commandLine, write }: ExportRequest,
): Promise<ExportReport> {
  await write(headLine({ createdOn, database: store.description, commandLine }));
  const run = createRun(store, write);
  await exportWorkflows(run, selection ?? {});
  const selected = run.counts.workflows ?? 0;
  if (selection) await exportOwners(run);
  else await exportOrphans(run);
  await exportLargeActions(run);
  await exportSourcecodes(run);
  if (!selection) {
    const { nextFwId, nextLaunchId } = await store.readCounters();
    await write(countersLine(nextFwId, nextLaunchId));
  }
  await write(endLine(run.counts));
  return { counts: run.counts, owners: (run.counts.workflows ?? 0) - selected };
}

interface ExportRun {
  readonly store: LaunchPadStore;
  readonly counts: ExportCounts;
  readonly workflows: Set<string>;
  readonly fwIds: Set<number>;
  readonly launchIds: Set<number>;
  /** Fireworks that own a launch which another, exported one lists. */
  readonly owners: Set<number>;
  /** That exported launches ran with. */
  readonly sourcecodes: Set<string>;
  put(collection: ExportedCollection, bytes: Uint8Array): Promise<void>;
}

function createRun(store: LaunchPadStore, write: ExportRequest['write']): ExportRun {
  const counts: ExportCounts = {};
  return {
    store,
    counts,
    workflows: new Set(),
    fwIds: new Set(),
    launchIds: new Set(),
    owners: new Set(),
    sourcecodes: new Set(),
    put: async (collection, bytes) => {
      await write(documentLine(collection, bytes));
      counts[collection] = (counts[collection] ?? 0) + 1;
    },
  };
}

/** So many Fireworks are read together. */
const BATCH = 2000;

async function exportWorkflows(run: ExportRun, selection: WorkflowSelection): Promise<void> {
  let members: number[] = [];
  for await (const bytes of run.store.readRaw({ collection: 'workflows', selection })) {
    const key = String(fieldsOf(bytes, ['_id'])['_id']);
    // A workflow that changes while it is read may come twice.
    if (run.workflows.has(key)) continue;
    run.workflows.add(key);
    await run.put('workflows', bytes);
    for (const node of numbersAt(bytes, 'nodes')) members.push(node);
    if (members.length < BATCH) continue;
    await exportFireworks(run, members);
    members = [];
  }
  await exportFireworks(run, members);
}

async function exportFireworks(run: ExportRun, ids: readonly number[]): Promise<void> {
  const fwIds = ids.filter((id) => !run.fwIds.has(id));
  if (fwIds.length === 0) return;
  const launchIds = new Set<number>();
  for await (const bytes of run.store.readRaw({ collection: 'fireworks', fwIds })) {
    run.fwIds.add(numberAt(bytes, 'fw_id'));
    for (const id of numbersAt(bytes, 'launches', 'archived_launches')) launchIds.add(id);
    await run.put('fireworks', bytes);
  }
  // Those that no Firework lists any more, as a rocket that died may leave them.
  const own = { collection: 'launches', where: { fw_id: { $in: fwIds } }, fields: ['launch_id'] } as const;
  if (run.store.kind === 'mongodb') {
    for await (const { launch_id: id } of run.store.readFields(own)) launchIds.add(Number(id));
  }
  await exportLaunches(run, [...launchIds]);
  await putAll(run, { collection: 'offline_runs', fwIds });
  await putAll(run, { collection: 'lpad_quarantine', fwIds });
}

async function exportLaunches(run: ExportRun, ids: readonly number[]): Promise<void> {
  const launchIds = ids.filter((id) => !run.launchIds.has(id));
  if (launchIds.length === 0) return;
  for await (const bytes of run.store.readRaw({ collection: 'launches', launchIds })) {
    run.launchIds.add(numberAt(bytes, 'launch_id'));
    run.owners.add(numberAt(bytes, 'fw_id'));
    await run.put('launches', bytes);
  }
  for await (const bytes of run.store.readRaw({ collection: 'lpad_launch_records', launchIds })) {
    const { sourcecode } = fieldsOf(bytes, ['sourcecode']);
    if (typeof sourcecode === 'string') run.sourcecodes.add(sourcecode);
    await run.put('lpad_launch_records', bytes);
  }
}

async function putAll(run: ExportRun, request: RawRequest): Promise<void> {
  for await (const bytes of run.store.readRaw(request)) await run.put(request.collection, bytes);
}

/** A duplicate lists a launch of another workflow's Firework: without that one it would be nobody's. */
async function exportOwners(run: ExportRun): Promise<void> {
  for (;;) {
    const missing = [...run.owners].filter((id) => !run.fwIds.has(id));
    if (missing.length === 0) return;
    const before = run.fwIds.size;
    await exportWorkflows(run, { members: missing });
    // An owner that was deleted stays missing.
    if (run.fwIds.size === before) return;
  }
}

/** What is in no workflow, or of no Firework. */
async function exportOrphans(run: ExportRun): Promise<void> {
  const { store } = run;
  const fwIds = (await store.findFireworkIds({})).filter((id) => !run.fwIds.has(id));
  for (let start = 0; start < fwIds.length; start += BATCH)
    await exportFireworks(run, fwIds.slice(start, start + BATCH));
  const launchIds: number[] = [];
  const request = { collection: 'launches', where: {}, fields: ['launch_id'] } as const;
  for await (const { launch_id: id } of store.readFields(request)) {
    if (!run.launchIds.has(Number(id))) launchIds.push(Number(id));
  }
  await exportLaunches(run, launchIds);
}

/** Actions that did not fit into their launch, with the launches that are exported. */
async function exportLargeActions(run: ExportRun): Promise<void> {
  const files = new Set<string>();
  for await (const bytes of run.store.readRaw({ collection: 'fw_gridfs.files' })) {
    const { _id: id, metadata } = fieldsOf(bytes, ['_id', 'metadata']);
    const { launch_id: launchId } = (metadata ?? {}) as { readonly launch_id?: unknown };
    if (!run.launchIds.has(Number(launchId))) continue;
    files.add(String(id));
    await run.put('fw_gridfs.files', bytes);
  }
  if (files.size === 0) return;
  for await (const bytes of run.store.readRaw({ collection: 'fw_gridfs.chunks' })) {
    if (files.has(String(fieldsOf(bytes, ['files_id'])['files_id'])))
      await run.put('fw_gridfs.chunks', bytes);
  }
}

/** Each file once, however many launches ran with it. */
async function exportSourcecodes(run: ExportRun): Promise<void> {
  const ids = new Set(run.sourcecodes);
  for await (const { bytes } of run.store.readContents([...run.sourcecodes])) {
    const tree = readSourceTree(Buffer.from(bytes).toString('utf8')) ?? [];
    for (const { hash } of tree) ids.add(hash);
  }
  const contentIds = [...ids];
  for (let start = 0; start < contentIds.length; start += BATCH) {
    const some = contentIds.slice(start, start + BATCH);
    // What has a file must be whole, also when an import breaks off.
    await putAll(run, { collection: 'lpad_sourcecode.chunks', contentIds: some });
    await putAll(run, { collection: 'lpad_sourcecode.files', contentIds: some });
  }
}
