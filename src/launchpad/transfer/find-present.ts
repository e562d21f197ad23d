/** What of an export is in the database already. */
import { LpadError } from '../../errors';
import { fieldsOf } from '../../specs/transfer/bson-fields';
import type { LaunchPadStore, ReportedCollection } from '../../storage/launchpad-store';
import type { ImportSurvey } from './survey-import';

export interface Present {
  readonly fireworks: ReadonlySet<number>;
  readonly launches: ReadonlySet<number>;
  /** `_id`s. */
  readonly workflows: ReadonlySet<string>;
  /** ReportedCollection and `_id`. */
  readonly others: ReadonlySet<string>;
}

/** Throws ALREADY_THERE for what has an id of the export, but is something else. */
export async function findPresent(store: LaunchPadStore, survey: ImportSurvey): Promise<Present> {
  const fwIds = [...survey.fireworks.keys(), ...survey.missingMembers];
  const fireworks = new Set(await store.findFireworkIds({ ids: fwIds }));
  const launches = new Set<number>();
  const launchIds = [...survey.launches.keys(), ...survey.missingLaunches];
  for await (const { launchId } of store.findLaunches(launchIds, 'brief')) launches.add(launchId);
  await refuseOthers(store, {
    collection: 'fireworks',
    field: 'fw_id',
    ours: survey.fireworks,
    present: fireworks,
  });
  await refuseOthers(store, {
    collection: 'launches',
    field: 'launch_id',
    ours: survey.launches,
    present: launches,
  });
  const memberships = await store.findMemberships(fwIds);
  const workflows = new Set(memberships.map(({ workflowKey }) => workflowKey));
  refuse(
    'workflows',
    [...workflows].filter((key) => !survey.workflows.has(key)),
  );
  const others = await presentOthers(store, survey);
  return { fireworks, launches, workflows, others };
}

interface Compared {
  readonly collection: Exclude<ReportedCollection, 'workflows'>;
  readonly field: 'fw_id' | 'launch_id';
  readonly ours: ReadonlyMap<number, string>;
  readonly present: ReadonlySet<number>;
}

/** A query may hold so many ids. */
const CHUNK = 10_000;

/** The same number says little, the same `_id` that it is the same document. */
async function refuseOthers(
  store: LaunchPadStore,
  { collection, field, ours, present }: Compared,
): Promise<void> {
  const ids = [...present];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const chunk = ids.slice(start, start + CHUNK);
    const request =
      collection === 'fireworks'
        ? ({ collection, fwIds: chunk } as const)
        : ({ collection, launchIds: chunk } as const);
    const strangers: number[] = [];
    for await (const bytes of store.readRaw(request)) {
      const { _id: id, [field]: number } = fieldsOf(bytes, ['_id', field]);
      if (ours.get(Number(number)) !== String(id)) strangers.push(Number(number));
    }
    refuse(collection, strangers);
  }
}

const COLLECTIONS = [
  'lpad_launch_records',
  'offline_runs',
  'lpad_quarantine',
  'fw_gridfs.files',
  'fw_gridfs.chunks',
] as const;

async function presentOthers(store: LaunchPadStore, survey: ImportSurvey): Promise<ReadonlySet<string>> {
  const present = new Set<string>();
  const fwIds = [...survey.fireworks.keys()];
  const launchIds = [...survey.launches.keys()];
  for (const collection of COLLECTIONS.filter((name) => survey.counts[name] !== undefined)) {
    for await (const bytes of store.readRaw({ collection, fwIds, launchIds })) {
      present.add(`${collection} ${String(fieldsOf(bytes, ['_id'])['_id'])}`);
    }
  }
  return present;
}

/** For an import that begins: nothing of it may be there. */
export function refusePresent({ fireworks, launches, workflows }: Present): void {
  refuse('fireworks', [...fireworks]);
  refuse('launches', [...launches]);
  refuse('workflows', [...workflows]);
}

const IDS_SHOWN = 10;

const WORDS: Readonly<Record<ReportedCollection, readonly [string, string]>> = {
  fireworks: ['Firework', 'Fireworks'],
  launches: ['launch', 'launches'],
  workflows: ['the workflow', 'the workflows'],
};

function refuse(collection: ReportedCollection, ids: readonly (number | string)[]): void {
  if (ids.length === 0) return;
  const more = ids.length > IDS_SHOWN ? `, … (${String(ids.length)} in all)` : '';
  const shown = ids.slice(0, IDS_SHOWN).join(', ') + more;
  const [one, several] = WORDS[collection];
  const what = ids.length === 1 ? `${one} ${shown} is` : `${several} ${shown} are`;
  throw new LpadError('ALREADY_THERE', `${what} in the database already; nothing was imported`, {
    hint: 'lpad import --new-ids FILE   (adds copies; --resume goes on with an import that broke off)',
  });
}
