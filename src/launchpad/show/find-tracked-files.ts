/** What the trackers of Fireworks have seen. */
import type { Launch, ValueObject } from '../../domain/model';
import type { FireworkSelection, LaunchPadStore } from '../../storage/launchpad-store';
import { describeFireworks } from './describe-fireworks';

export interface TrackedFile {
  readonly launchId: number;
  readonly filename: string;
  /** Empty while nothing was seen. */
  readonly content: string;
}

export interface TrackedFirework {
  readonly fwId: number;
  readonly name: string;
  readonly files: readonly TrackedFile[];
}

/** Fireworks without any tracked file that `wanted` accepts are left out. */
export async function* findTrackedFiles(
  store: LaunchPadStore,
  selection: FireworkSelection,
  wanted: (filename: string) => boolean,
): AsyncIterable<TrackedFirework> {
  for await (const described of describeFireworks(store, selection, 'all launches')) {
    const { fwId, name } = described.firework;
    const files = [...described.archivedLaunches, ...described.launches]
      // A duplicate lists a launch that is another Firework's.
      .filter((launch) => launch.fwId === fwId)
      .sort((one, other) => one.launchId - other.launchId)
      .flatMap(filesOf)
      .filter(({ filename }) => wanted(filename));
    if (files.length > 0) yield { fwId, name, files };
  }
}

function filesOf({ launchId, trackers }: Launch): readonly TrackedFile[] {
  return trackers.map((tracker) => ({
    launchId,
    filename: textAt(tracker, 'filename'),
    content: textAt(tracker, 'content'),
  }));
}

function textAt(tracker: ValueObject, key: string): string {
  const value = tracker[key];
  return typeof value === 'string' ? value : '';
}
