/** After a crash: what was noted before it was done, and whether the journal says that it was. */
import type { RecoveryStep } from '../../domain/recovery/night';
import type { FireworkState } from '../../domain/state';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { readSteps } from './night-record';

/**
 * Whatever a dead process has left half done must have been finished before (finishDeadOwners). Steps that came to be are
 * done; others are noted as not done, and decided about again like any failure.
 */
export async function resumeSteps(
  store: LaunchPadStore,
  steps: Map<number, RecoveryStep>,
): Promise<readonly RecoveryStep[]> {
  const doing = [...steps.values()].filter(({ status }) => status === 'doing');
  if (doing.length === 0) return [];
  const runs = new Set(doing.map(({ journalId }) => journalId ?? ''));
  const written = new Map<string, ReadonlyMap<number, FireworkState | null>>();
  for (const run of runs) written.set(run, await rerunsOf(store, run));
  const resumed = doing.map((step): RecoveryStep => {
    const to = written.get(step.journalId ?? '')?.get(step.fwId);
    if (to !== undefined) return { ...step, status: 'done', to };
    const reason = 'an earlier call of the night ended before it was done';
    return {
      ...step,
      action: 'hold',
      why: 'interrupted',
      reason,
      status: 'decided',
      canary: false,
      journalId: null,
    };
  });
  await store.putSteps(resumed);
  for (const step of resumed) steps.set(step.fwId, step);
  return resumed.filter(({ status }) => status === 'done');
}

/** The last call of another night may have died, and nobody has called since: what it did counts for canaries all the same. */
export async function resumeEarlierNight(store: LaunchPadStore, tonight: string): Promise<void> {
  const nights = await store.findNights({ limit: 2 });
  const earlier = nights.find(({ key }) => key !== tonight);
  if (earlier?.calls.at(-1)?.status !== 'running') return;
  await resumeSteps(store, await readSteps(store, earlier.key));
}

/** Fireworks that a command has written, with what they became; what was undone since was done, too. */
async function rerunsOf(
  store: LaunchPadStore,
  run: string,
): Promise<ReadonlyMap<number, FireworkState | null>> {
  const reruns = new Map<number, FireworkState | null>();
  if (run === '') return reruns;
  for await (const { patches } of store.findJournalEntries({ run })) {
    for (const { collection, id, fields } of patches.flatMap(({ changes }) => changes)) {
      if (collection !== 'fireworks') continue;
      const state = fields.find(({ path }) => path[0] === 'state')?.after;
      reruns.set(Number(id), (state as FireworkState | undefined) ?? null);
    }
  }
  return reruns;
}
